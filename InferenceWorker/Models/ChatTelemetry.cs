using System.Diagnostics;
using System.Diagnostics.Metrics;
using Teleprompter.Hosting.Telemetry;
using Teleprompter.InferenceWorker.Telemetry;

namespace Teleprompter.InferenceWorker.Models;

/// <summary>
/// One request to a model as OpenTelemetry's conventions for generative AI describe it: a span where somebody listens, and the metrics.
/// Neither has a word of the prompt or of the answer. Tokens are recorded where the server reports them, as the conventions want; a stream
/// that was cancelled reports none.
/// </summary>
sealed class ChatTelemetry
{
    static readonly Meter Meter = new(WorkerTelemetry.MeterName);

    static readonly Histogram<double> Duration = Meter.CreateHistogram(
        "gen_ai.client.operation.duration", "s", "From asking a model to the end of its answer.",
        advice: new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries = [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92],
        });

    static readonly Histogram<double> FirstChunk = Meter.CreateHistogram(
        "gen_ai.client.operation.time_to_first_chunk", "s", "From asking a model to its first text.",
        advice: new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries = [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24],
        });

    static readonly Histogram<long> Tokens = Meter.CreateHistogram(
        "gen_ai.client.token.usage", "{token}", "Tokens of prompts (input) and answers (output).",
        advice: new InstrumentAdvice<long> { HistogramBucketBoundaries = [1, 4, 16, 64, 256, 1024, 4096, 16384, 65536] });

    static readonly KeyValuePair<string, object?> Chat = new("gen_ai.operation.name", "chat");

    readonly KeyValuePair<string, object?> provider;
    readonly KeyValuePair<string, object?> model;
    readonly Activity? span;

    /// <summary>A request begins.</summary>
    /// <param name="maxTokens">The most tokens of its answer.</param>
    public ChatTelemetry(string name, ModelOptions options, int maxTokens)
    {
        var endpoint = options.BaseAddress;
        provider = new("gen_ai.provider.name", endpoint is not null && AzureEndpoint.IsAzure(endpoint) ? "azure.ai.openai" : "openai");
        model = new("gen_ai.request.model", name);
        span = !Tracing.Source.HasListeners() ? null : Tracing.Source.StartActivity($"chat {name}", ActivityKind.Client)?
            .SetTag(Chat.Key, Chat.Value).SetTag(provider.Key, provider.Value).SetTag(model.Key, name)
            .SetTag("gen_ai.request.max_tokens", maxTokens)
            .SetTag("server.address", endpoint?.Host).SetTag("server.port", endpoint?.Port);
    }

    /// <summary>The first text came.</summary>
    public void First(TimeSpan after)
    {
        ModelTelemetry.FirstToken(after);
        FirstChunk.Record(after.TotalSeconds, Chat, provider, model);
        span?.SetTag("gen_ai.response.time_to_first_chunk", after.TotalSeconds);
    }

    /// <summary>The request is over.</summary>
    /// <param name="finish">Why the model stopped; null when it did not say.</param>
    /// <param name="usage">The tokens; null where the server does not report them.</param>
    /// <param name="failure">Why it failed; null when it did not. One that neither failed nor finished was cancelled.</param>
    public void End(TimeSpan after, ChatFinish? finish, ChatUsage? usage, ModelFailure? failure)
    {
        if (failure is { } why)
        {
            Duration.Record(after.TotalSeconds, new TagList { Chat, provider, model, new("error.type", WorkerTelemetry.Word(why)) });
        }
        else
        {
            Duration.Record(after.TotalSeconds, Chat, provider, model);
        }

        if (usage is not null)
        {
            Tokens.Record(usage.Input, new TagList { Chat, provider, model, new("gen_ai.token.type", "input") });
            Tokens.Record(usage.Output, new TagList { Chat, provider, model, new("gen_ai.token.type", "output") });
        }

        if (span is not null)
        {
            Describe(span, finish, usage, failure);
            span.Dispose();
        }
    }

    static void Describe(Activity span, ChatFinish? finish, ChatUsage? usage, ModelFailure? failure)
    {
        if (finish is { } reason)
        {
            span.SetTag("gen_ai.response.finish_reasons", new[] { reason switch
            {
                ChatFinish.Filtered => "content_filter",
                ChatFinish.Length => "length",
                ChatFinish.Stop => "stop",
                ChatFinish.Error => "error",
                _ => "other",
            } });
        }

        if (usage is not null)
        {
            span.SetTag("gen_ai.usage.input_tokens", usage.Input).SetTag("gen_ai.usage.output_tokens", usage.Output);
        }

        if (failure is { } why)
        {
            span.SetTag("error.type", WorkerTelemetry.Word(why)).SetStatus(ActivityStatusCode.Error);
        }
        else if (finish is null)
        {
            span.SetTag("teleprompter.outcome", "cancelled");
        }
    }
}
