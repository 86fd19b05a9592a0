using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Teleprompter.Contracts;
using Teleprompter.Hosting.Telemetry;
using Teleprompter.Tests.Integration.Gateway;
using Teleprompter.Tests.Integration.Redis;
using Teleprompter.Tests.ScriptedModel;

namespace Teleprompter.Tests.Integration.Telemetry;

/// <summary>What a collector learns of a suggestion, and what it never learns.</summary>
[CancelAfter(30_000)]
[NonParallelizable]
public sealed class TracingTests
{
    const string Price = "Honestly, that is more expensive than we expected.";
    const string ClientTrace = "4bf92f3577b34da6a3ce929d0e0e4736";
    const string ClientSpan = "00f067aa0ba902b7";

    readonly ConcurrentQueue<Activity> spans = new();
    ScriptedModelServer model = null!;

    [SetUp]
    public async Task StartModel()
    {
        spans.Clear();
        model = await ScriptedModelServer.StartAsync(
            new ModelScript { Numbered = true, FirstToken = TimeSpan.FromMilliseconds(5), TokenPace = TimeSpan.FromMilliseconds(1) });
    }

    [TearDown]
    public async Task StopModel() => await model.DisposeAsync();

    [Test]
    public async Task A_suggestion_is_one_connected_trace_from_the_clients_message_to_the_model_and_back(
        CancellationToken cancellationToken)
    {
        using var listener = Listen();
        await using var redis = await RedisServer.Start();
        await using var gateway = await RunningGateway.Start(redis.Port, Model());
        await using var client = await HubClient.Connect(gateway);
        await client.Start();

        await Say(client, "1", Price);
        await client.Until<TurnSettled>(cancellationToken);
        var trace = await Trace(span => span.OperationName == "suggestion");

        Assert.That(trace.Select(span => span.DisplayName), Is.SupersetOf(new[]
        {
            "CallHub/SendTranscript", "send worker:{workerId}", "process worker:{workerId}", "suggestion", "context", "chat scripted",
            "process call:{callId}",
        }));
        var known = trace.Select(span => span.SpanId.ToString()).Append(ClientSpan).ToHashSet(StringComparer.Ordinal);
        Assert.That(
            trace.Where(span => !known.Contains(span.ParentSpanId.ToString())).Select(span => span.DisplayName),
            Is.Empty,
            "every span has its parent in the trace");
        Assert.That(ParentOf(trace, "chat scripted"), Is.EqualTo("suggestion"));
        Assert.That(ParentOf(trace, "process call:{callId}"), Is.EqualTo("suggestion"));
        Assert.That(ParentOf(trace, "suggestion"), Is.EqualTo("process worker:{workerId}"));
        Assert.That(model.Requests.All[^1].Traceparent, Does.StartWith($"00-{ClientTrace}-"));

        var chat = trace.Single(span => span.DisplayName == "chat scripted");
        Assert.That(chat.GetTagItem("gen_ai.usage.output_tokens"), Is.EqualTo(model.Requests.All[^1].TokensSent));
        Assert.That(chat.GetTagItem("gen_ai.response.finish_reasons"), Is.EqualTo(new[] { "stop" }));
        Assert.That(chat.GetTagItem("gen_ai.response.time_to_first_chunk"), Is.GreaterThan(0));
    }

    [Test]
    public async Task Every_suggestion_of_a_client_that_traces_nothing_has_a_trace_of_its_own(CancellationToken cancellationToken)
    {
        using var listener = Listen();
        await using var gateway = await RunningGateway.Start(null, Model());
        await using var client = await HubClient.Connect(gateway);
        await client.Start();
        foreach (var (id, text) in new[] { ("1", Price), ("2", "And is our data secure with you?") })
        {
            await client.Say(id, text);
            await client.Until<SuggestionCompleted>(cancellationToken);
            await client.Until<TurnSettled>(cancellationToken);
        }

        string[] awaited = ["suggestion", "CallHub/SendTranscript"];
        await Poll.Until(() => spans.Count(span => awaited.Contains(span.OperationName)) == 4, TimeSpan.FromSeconds(5), "all have ended");
        foreach (var suggestion in spans.Where(span => span.OperationName == "suggestion"))
        {
            var trace = spans.Where(span => span.TraceId == suggestion.TraceId).ToList();
            Assert.That(trace.Count(span => span.OperationName is "suggestion" or "CallHub/SendTranscript"), Is.EqualTo(2));
            Assert.That(
                trace.Single(span => span.OperationName == "CallHub/SendTranscript").ParentSpanId, Is.EqualTo(default(ActivitySpanId)));
        }
    }

    [Test]
    public async Task An_answer_that_a_newer_turn_replaces_says_so(CancellationToken cancellationToken)
    {
        model.Script = new ModelScript { FirstToken = TimeSpan.FromMilliseconds(5), TokenPace = TimeSpan.FromMilliseconds(50) };
        using var listener = Listen();
        await using var gateway = await RunningGateway.Start(null, Model());
        await using var client = await HubClient.Connect(gateway);
        await client.Start();
        await Say(client, "1", Price);
        await client.Until<SuggestionDelta>(cancellationToken);

        await client.Say("2", "And is our data secure with you?");
        await client.Until<SuggestionWithdrawn>(cancellationToken);
        var trace = await Trace(span => span.OperationName.StartsWith("chat", StringComparison.Ordinal));

        Assert.That(trace.Single(span => span.OperationName == "suggestion").GetTagItem("teleprompter.outcome"), Is.EqualTo("newerTurn"));
        var chat = trace.Single(span => span.DisplayName == "chat scripted");
        Assert.That(
            (chat.GetTagItem("teleprompter.outcome"), chat.GetTagItem("error.type")), Is.EqualTo(((object)"cancelled", (object?)null)));
    }

    [Test]
    public async Task The_model_server_is_told_of_no_trace_where_a_setting_says_so(CancellationToken cancellationToken)
    {
        using var listener = Listen();
        await using var gateway = await RunningGateway.Start(null, [.. Model(), "--Model:Traceparent=false"]);
        await using var client = await HubClient.Connect(gateway);
        await client.Start();

        await Say(client, "1", Price);
        await client.Until<SuggestionCompleted>(cancellationToken);

        Assert.That(model.Requests.All.Select(request => request.Traceparent), Is.All.Null);
    }

    [Test]
    public async Task Nothing_is_traced_where_nobody_listens(CancellationToken cancellationToken)
    {
        await using var gateway = await RunningGateway.Start(null, Model());
        await using var client = await HubClient.Connect(gateway);
        await client.Start();

        await Say(client, "1", Price);
        await client.Until<SuggestionCompleted>(cancellationToken);

        Assert.That(Tracing.Source.HasListeners(), Is.False);
        Assert.That(model.Requests.All.Select(request => request.Traceparent), Is.All.Null);
    }

    [Test]
    public async Task No_word_name_id_or_secret_of_a_call_is_in_a_span_a_metric_or_a_log(CancellationToken cancellationToken)
    {
        var lines = new ConcurrentQueue<string>();
        using var listener = Listen(everything: true);
        using var measuring = Measure(lines);
        await using var redis = await RedisServer.Start();
        StartCallReply call;
        using var logs = new LogCollector(lines);
        await using (var gateway = await RunningGateway.Start(redis.Port, [.. Model(), "--Logging:LogLevel:Default=Information"]))
        {
            gateway.AddLogs(logs);
            await using var client = await HubClient.Connect(gateway);
            call = await client.Start(
                new(new CallBrief(RepName: "Repsalot", CustomerName: "Zanzibarius", Company: "Quuxcorp", Notes: "Notablethings")));
            await Say(client, "1", "Zanzibarius says that this is too expensive for Quuxcorp.");
            var shown = await client.Until<SuggestionCompleted>(cancellationToken);
            await client.Say("2", shown.Text, Speaker.Rep);
            await client.Until<SuggestionSaid>(cancellationToken);
            await client.Invoke("SendFeedback", new SuggestionFeedback(shown.SuggestionId, FeedbackKind.Used));
            await client.Invoke("EndCall");
            await client.Until<CallEnded>(cancellationToken);
        }

        foreach (var span in spans)
        {
            lines.Enqueue($"span {span.DisplayName} {span.StatusDescription} {string.Join(' ', span.TagObjects.Concat(span.Baggage.Select(item => KeyValuePair.Create(item.Key, (object?)item.Value))))} "
                + string.Join(' ', span.Events.SelectMany(each => each.Tags)));
        }

        string[] secrets = ["zanzibar", "quux", "repsalot", "notable", "expensive", "earn the price", call.CallId, call.ResumeToken];
        Assert.That(spans, Is.Not.Empty);
        Assert.That(lines.Any(line => line.Contains("gen_ai.client.token.usage", StringComparison.Ordinal)), "metrics were collected");
        Assert.That(lines.Where(line => secrets.Any(secret => line.Contains(secret, StringComparison.OrdinalIgnoreCase))), Is.Empty);
    }

    string[] Model() => [$"--Model:Endpoint={model.Endpoint}", "--Model:Name=scripted", "--Model:ApiKey=none"];

    static Task Say(HubClient client, string segmentId, string text) => client.Invoke(
        "SendTranscript",
        new TranscriptSegment(segmentId, Speaker.Customer, text, Final: true) { Traceparent = $"00-{ClientTrace}-{ClientSpan}-01" });

    static string ParentOf(IReadOnlyList<Activity> trace, string name) =>
        trace.Single(span => span.SpanId == trace.Single(child => child.DisplayName == name).ParentSpanId).DisplayName;

    /// <summary>The client's trace, once a span of it is there and nothing more has come for a moment.</summary>
    async Task<IReadOnlyList<Activity>> Trace(Predicate<Activity> wanted)
    {
        IReadOnlyList<Activity> trace = [];
        await Poll.Until(
            () =>
            {
                trace = [.. spans.Where(span => span.TraceId.ToString() == ClientTrace)];
                return trace.Any(span => wanted(span)) && trace.Any(span => span.DisplayName.StartsWith("chat", StringComparison.Ordinal))
                    && trace.Any(span => span.OperationName == "suggestion") && trace.Any(
                        span => span.DisplayName.StartsWith("process call", StringComparison.Ordinal));
            },
            TimeSpan.FromSeconds(5),
            "the trace is whole");
        return trace;
    }

    ActivityListener Listen(bool everything = false)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => everything || source.Name is Tracing.SourceName or "System.Net.Http",
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    static MeterListener Measure(ConcurrentQueue<string> lines)
    {
        var listener = new MeterListener { InstrumentPublished = (instrument, self) => self.EnableMeasurementEvents(instrument) };
        listener.SetMeasurementEventCallback<long>(
            (instrument, _, tags, _) => lines.Enqueue($"{instrument.Name} {string.Join(' ', tags.ToArray())}"));
        listener.SetMeasurementEventCallback<int>(
            (instrument, _, tags, _) => lines.Enqueue($"{instrument.Name} {string.Join(' ', tags.ToArray())}"));
        listener.SetMeasurementEventCallback<double>(
            (instrument, _, tags, _) => lines.Enqueue($"{instrument.Name} {string.Join(' ', tags.ToArray())}"));
        listener.Start();
        return listener;
    }

    /// <summary>Keeps every line that is logged, with the scopes around it.</summary>
    sealed class LogCollector(ConcurrentQueue<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue($"log {formatter(state, exception)} {exception}");

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public void Dispose()
        {
            // Nothing to let go of.
        }
    }
}
