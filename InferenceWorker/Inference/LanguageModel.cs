using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Teleprompter.Contracts;

namespace Teleprompter.InferenceWorker.Inference;

/// <summary>
/// Asks the configured models: one retry or the fallback model, only before the first token and within its time; never a model whose circuit breaker is
/// open.
/// </summary>
sealed partial class LanguageModel : ILanguageModel, IDisposable
{
    static readonly ModelPrompt Tiny = new([new PromptMessage(PromptRole.User, "Say ok.")], MaxTokens: 1);

    readonly ModelOptions _options;
    readonly AdmissionGate _gate;
    readonly TimeProvider _time;
    readonly ILogger<LanguageModel> _logger;
    readonly ModelTransport _transport;
    readonly Dictionary<string, ChatModel> _models = new(StringComparer.Ordinal);
    readonly IDisposable? _switch;
    readonly Lock _lock = new();
    bool _enabled;
    ModelState _state;

    /// <param name="options">Read once at start, but for <see cref="ModelOptions.Enabled"/>.</param>
    /// <param name="gate">Narrowed when the provider says 429.</param>
    /// <param name="time">The clock of every timeout.</param>
    /// <param name="logger">Hears of changes, never of words.</param>
    public LanguageModel(IOptionsMonitor<ModelOptions> options, AdmissionGate gate, TimeProvider time, ILogger<LanguageModel> logger)
    {
        (_options, _gate, _time, _logger) = (options.CurrentValue, gate, time, logger);
        _transport = new ModelTransport(_options.FirstTokenTimeout);
        foreach (var name in _options.Configured ? new[] { _options.Name, _options.FallbackName, _options.SummaryName } : [])
        {
            if (!string.IsNullOrWhiteSpace(name) && !_models.ContainsKey(name))
            {
                var breaker = new ModelBreaker(_options, time, opened => CircuitChanged(name, opened));
                _models.Add(name, new ChatModel(name, ModelEndpoint.Client(_options, name, _transport), breaker));
            }
        }

        _enabled = _options.Enabled;
        _state = Judge();
        _switch = options.OnChange(changed =>
        {
            Volatile.Write(ref _enabled, changed.Enabled);
            Refresh();
        });
    }

    /// <inheritdoc/>
    public event EventHandler? StateChanged;

    /// <inheritdoc/>
    public ModelState State
    {
        get
        {
            lock (_lock)
            {
                return _state;
            }
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<string> Stream(ModelPrompt prompt, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var request = InferenceTelemetry.ModelRequest();
        await using var stream = await request.Watch(Open(prompt, cancellation));
        InferenceTelemetry.FirstToken(stream.TimeToFirstToken);
        for (var text = stream.First; text is not null; text = await request.Watch(stream.Next()))
        {
            yield return text;
        }

        request.Answered();
    }

    /// <summary>Asks every model for one token, so that connection, sign-in and compiled code are there before the first call.</summary>
    public async Task WarmUp(CancellationToken cancellation)
    {
        if (State is ModelState.None or ModelState.Off)
        {
            return;
        }

        var warm = await Task.WhenAll(_models.Values.Select(model => WarmUp(model, cancellation)));
        if (Array.TrueForAll(warm, isWarm => isWarm))
        {
            await WarmUpStream(cancellation);
        }
    }

    /// <summary>Asks those models again whose circuit breaker is open and has rested; does nothing when there is none.</summary>
    public async Task Probe(CancellationToken cancellation)
    {
        if (State is not (ModelState.None or ModelState.Off))
        {
            await Task.WhenAll(_models.Values.Where(model => model.Breaker.IsOpen).Select(model =>
                model.Breaker.Probe(async token => await Fault(model, token) is not { CountsAgainstModel: true }, cancellation)));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _switch?.Dispose();
        _transport.Dispose();
    }

    async Task<ModelStream> Open(ModelPrompt prompt, CancellationToken cancellation)
    {
        if (State is ModelState.None or ModelState.Off)
        {
            throw new ModelException(ModelFailure.SwitchedOff);
        }

        var started = _time.GetTimestamp();
        var route = Route(prompt.Use);
        ModelException? failure = null;
        for (var i = 0; i < route.Count; i++)
        {
            var left = _options.FirstTokenTimeout - _time.GetElapsedTime(started);
            if (left <= TimeSpan.Zero || (failure is not null && route[i] == route[i - 1] && !CuredByAMoment(failure)))
            {
                break;
            }

            var leavesTime = i + 1 < route.Count && route[i + 1] != route[i];
            try
            {
                return await ModelStream.Open(
                    route[i], prompt, leavesTime && _options.FallbackAfter < left ? _options.FallbackAfter : left, _options, _time, cancellation);
            }
            catch (ModelException fault)
            {
                failure = fault;
                if (fault.Failure == ModelFailure.RateLimited)
                {
                    LogThrottled(route[i].Name, fault.RetryAfter);
                    _gate.Narrow(fault.RetryAfter);
                }
            }
        }

        throw failure ?? new ModelException(ModelFailure.CircuitOpen);
    }

    List<ChatModel> Route(ModelUse use)
    {
        string?[] names = use == ModelUse.Summary
            ? [string.IsNullOrWhiteSpace(_options.SummaryName) ? _options.Name : _options.SummaryName]
            : [_options.Name, string.IsNullOrWhiteSpace(_options.FallbackName) ? _options.Name : _options.FallbackName];
        return [.. names.Select(name => _models[name!]).Where(model => !model.Breaker.IsOpen)];
    }

    static bool CuredByAMoment(ModelException failure) => failure.Failure is ModelFailure.ServerError or ModelFailure.BrokenStream;

    async Task<bool> WarmUp(ChatModel model, CancellationToken cancellation)
    {
        var started = _time.GetTimestamp();
        if (await Fault(model, cancellation) is { } fault)
        {
            LogCold(fault, model.Name);
            return false;
        }

        LogWarm(model.Name, _time.GetElapsedTime(started).TotalMilliseconds);
        return true;
    }

    /// <summary>Goes the way of a suggestion once more, whose code is compiled at its first use.</summary>
    async Task WarmUpStream(CancellationToken cancellation)
    {
        try
        {
            await foreach (var _ in Stream(Tiny, cancellation).Merge(DeltaMerger.Window, _time, cancellation))
            {
            }
        }
        catch (ModelException fault)
        {
            LogCold(fault, _options.Name!);
        }
    }

    /// <summary>Asks for one token and reads to the end, which leaves the connection warm; null when it answered.</summary>
    async Task<ModelException?> Fault(ChatModel model, CancellationToken cancellation)
    {
        try
        {
            await using var stream = await ModelStream.Open(model, Tiny, _options.FirstTokenTimeout, _options, _time, cancellation);
            while (await stream.Next() is not null)
            {
            }

            return null;
        }
        catch (ModelException fault)
        {
            return fault;
        }
    }

    void CircuitChanged(string model, bool opened)
    {
        InferenceTelemetry.CircuitChanged(opened);
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
        lock (_lock)
        {
            var state = Judge();
            if (_state == state)
            {
                return;
            }

            _state = state;
        }

        StateChanged?.Invoke(this, EventArgs.Empty);
    }

    ModelState Judge()
    {
        if (!_options.Configured)
        {
            return ModelState.None;
        }

        if (!Volatile.Read(ref _enabled))
        {
            return ModelState.Off;
        }

        return Route(ModelUse.Suggestion).Count > 0 ? ModelState.Ready : ModelState.Unavailable;
    }

    [LoggerMessage(LogLevel.Information, "Model {Model} is warm after {Milliseconds:0} ms.")]
    partial void LogWarm(string model, double milliseconds);

    [LoggerMessage(LogLevel.Warning, "Model {Model} did not answer the warm-up; the first suggestion may be late or come from the playbook.")]
    partial void LogCold(Exception fault, string model);

    [LoggerMessage(LogLevel.Warning, "Model {Model} failed too often; it rests, and the playbook or the fallback model answers.")]
    partial void LogOpened(string model);

    [LoggerMessage(LogLevel.Information, "Model {Model} is back.")]
    partial void LogClosed(string model);

    [LoggerMessage(LogLevel.Warning, "Model {Model} is rate limited (retry after {RetryAfter}); fewer suggestions are written at once.")]
    partial void LogThrottled(string model, TimeSpan? retryAfter);
}
