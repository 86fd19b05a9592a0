using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Teleprompter.Contracts;

namespace Teleprompter.InferenceWorker.Models;

/// <summary>The configured models, their circuit breakers, and what follows from both for the state that calls show.</summary>
sealed partial class ModelSet : IDisposable
{
    readonly ILogger<ModelSet> logger;
    readonly ModelTransport transport;
    readonly Dictionary<string, ChatModel> models = new(StringComparer.Ordinal);
    readonly IDisposable? enabling;
    readonly Lock sync = new();
    bool enabled;
    ModelState state;

    /// <param name="options">Read once at start, but for <see cref="ModelOptions.Enabled"/>.</param>
    /// <param name="time">The clock of the breakers.</param>
    /// <param name="logger">Hears which model rests and which is back.</param>
    public ModelSet(IOptionsMonitor<ModelOptions> options, TimeProvider time, ILogger<ModelSet> logger)
    {
        (Options, this.logger) = (options.CurrentValue, logger);
        transport = new ModelTransport(Options.FirstTokenTimeout, Options.Traceparent);
        var key = Options.Credential == ModelCredential.EntraId ? null : Options.ApiKey ?? "";
        var client = Options.Configured
            ? ModelEndpoint.Client(Options.BaseAddress!, key, transport)
            : null;
        var names = new[] { Options.Name, Options.FallbackName, Options.SummaryName, Options.HedgeName, Options.FastName };
        foreach (var name in Options.Configured ? names : [])
        {
            if (!string.IsNullOrWhiteSpace(name) && !models.ContainsKey(name))
            {
                var breaker = new ModelBreaker(Options, time, opened => CircuitChanged(name, opened));
                var log = new ModelFailureLog(name, Options.ApiKey, time, logger);
                models.Add(name, new ChatModel(name, client!.GetChatClient(name), breaker, log, time));
            }
        }

        enabled = Options.Enabled;
        state = Judge();

        // A faulty edit of the settings at run time never gets here: the options are refused, and what was in force stays so.
        enabling = options.OnChange(changed =>
        {
            Volatile.Write(ref enabled, changed.Enabled);
            Refresh();
        });
    }

    /// <summary><see cref="State"/> changed.</summary>
    public event EventHandler? StateChanged;

    /// <summary>The settings in force since start.</summary>
    public ModelOptions Options { get; }

    /// <summary>Every model once.</summary>
    public IReadOnlyCollection<ChatModel> All => models.Values;

    /// <summary>The model that writes suggestions, load permitting. Only where one is configured.</summary>
    public ChatModel Usual => models[Options.Name!];

    /// <summary>Whether answers can be expected now.</summary>
    public ModelState State
    {
        get
        {
            lock (sync)
            {
                return state;
            }
        }
    }

    /// <summary>Whether a model is configured and switched on, be it well or not.</summary>
    public bool MayBeAsked => State is not (ModelState.None or ModelState.Off);

    /// <summary>
    /// The models to try in turn, without those that rest: two for a suggestion (the same one twice where there is no fallback), one for a
    /// summary.
    /// </summary>
    /// <param name="fast">The faster model is the first of a suggestion; the usual one stands in for it where there is no fallback.</param>
    public IReadOnlyList<ChatModel> Route(ModelUse use, bool fast = false)
    {
        ChatModel[] route = use == ModelUse.Summary
            ? [Named(Options.SummaryName) ?? Usual]
            : [Named(fast ? Options.FastName : null) ?? Usual, Named(Options.FallbackName) ?? Usual];
        return [.. route.Where(model => model.Answers)];
    }

    /// <summary>The model to ask as well where first words are late: the hedge, or the usual one where the hedge was asked.</summary>
    public ChatModel HedgeOf(ChatModel asked) => Named(Options.HedgeName) is not { } hedge ? asked : hedge == asked ? Usual : hedge;

    /// <summary>Whether a model's server seems to be loading it: it is not asked for calls then.</summary>
    public void SetLoading(ChatModel model, bool loading)
    {
        model.Loading = loading;
        Refresh();
    }

    public void Dispose()
    {
        enabling?.Dispose();
        transport.Dispose();
    }

    ChatModel? Named(string? name) => string.IsNullOrWhiteSpace(name) ? null : models[name];

    void CircuitChanged(string model, bool opened)
    {
        ModelTelemetry.CircuitChanged(opened);
        if (opened)
        {
            LogOpened(model);
        }
        else
        {
            LogClosed(model);
        }

        Refresh();
    }

    void Refresh()
    {
        lock (sync)
        {
            var judged = Judge();
            if (state == judged)
            {
                return;
            }

            state = judged;
        }

        StateChanged?.Invoke(this, EventArgs.Empty);
    }

    ModelState Judge()
    {
        if (!Options.Configured)
        {
            return ModelState.None;
        }

        if (!Volatile.Read(ref enabled))
        {
            return ModelState.Off;
        }

        return Route(ModelUse.Suggestion).Count > 0 ? ModelState.Ready : ModelState.Unavailable;
    }

    [LoggerMessage(LogLevel.Warning, "Model {Model} failed too often; it rests, and the playbook or the fallback model answers.")]
    partial void LogOpened(string model);

    [LoggerMessage(LogLevel.Information, "Model {Model} is back.")]
    partial void LogClosed(string model);
}
