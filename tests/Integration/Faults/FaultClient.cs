using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Teleprompter.ClientSdk;
using Teleprompter.Contracts;
using Teleprompter.Tests.Integration.Gateway;
using Teleprompter.Tests.Integration.Redis;
using Teleprompter.Tests.ScriptedModel;

namespace Teleprompter.Tests.Integration.Faults;

/// <summary>
/// A client as the protocol wants it, which hides nothing: it comes back by another gateway of its list, sends again what was not
/// acknowledged, and keeps everything it saw, with times.
/// </summary>
sealed class FaultClient : IAsyncDisposable
{
    static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(1);
    static readonly TimeSpan SilenceAtMost = TimeSpan.FromSeconds(4);

    /// <summary>A start that is given up may have taken its rep's only place: it is waited for.</summary>
    static readonly TimeSpan StartsWithin = TimeSpan.FromSeconds(40);

    static readonly TimeSpan SendAgainAfter = TimeSpan.FromMilliseconds(300);

    static readonly TimeSpan AskAgainAfter = TimeSpan.FromSeconds(5);

    static readonly string[] Questions =
    [
        "That is more expensive than we planned to spend",
        "How long does it take to migrate our data",
        "Where is our data stored",
        "We already have a tool that does this and we are happy with it",
        "Can you give us a discount",
        "Does it integrate with our CRM",
    ];

    static int made;

    readonly int name = Interlocked.Increment(ref made);
    readonly Lock sync = new();
    readonly List<Sighting> sightings = [];
    readonly List<SaidFinal> said = [];
    readonly CancellationTokenSource stop = new();
    readonly CancellationTokenSource quiet = new();
    readonly IReadOnlyList<Uri> gateways;
    readonly ClientStart start;
    readonly Task running;
    readonly TaskCompletionSource opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    volatile HubConnection? current;
    volatile Task talking = Task.CompletedTask;
    int gateway;
    int connections;
    long lastNumber;
    double clockOriginMs;
    volatile bool over;
    bool disposed;

    FaultClient(IReadOnlyList<Uri> gateways, int first, ClientStart start)
    {
        (this.gateways, gateway, this.start) = (gateways, first, start);
        running = Task.Run(Run);
    }

    /// <summary>Its segments are called after it.</summary>
    public string Name => $"c{name}";

    /// <summary>Its number; its questions carry it, so that the model's record tells whose they are.</summary>
    public int Number => name;

    /// <summary>Its call.</summary>
    public StartCallReply? Ticket { get; private set; }

    /// <summary>Everything it saw.</summary>
    public IReadOnlyList<Sighting> Sightings => Locked(() => sightings.ToArray());

    /// <summary>Everything it said.</summary>
    public IReadOnlyList<SaidFinal> Said => Locked(() => said.ToArray());

    /// <summary>It is connected now.</summary>
    public bool Connected => current is not null;

    /// <summary>It has left its call, or its call is over.</summary>
    public bool Over => over;

    /// <summary>A client that has its call.</summary>
    /// <param name="gateways">Where it may go.</param>
    /// <param name="first">Where it goes first.</param>
    /// <param name="start">How it starts; as a call of somebody who has not signed in where absent.</param>
    public static async Task<FaultClient> Start(IReadOnlyList<Uri> gateways, int first = 0, ClientStart? start = null)
    {
        var client = new FaultClient(gateways, first, start ?? new());
        await client.opened.Task.WaitAsync(TimeSpan.FromSeconds(60));
        return client;
    }

    /// <summary>Asks a question.</summary>
    /// <returns>The turn's id.</returns>
    public string Ask()
    {
        var turn = Said.Count;
        return Say($"{Questions[turn % Questions.Length]}, number #{(name * 10_000) + turn}?", Speaker.Customer);
    }

    /// <summary>Says final words, and sends them until they are acknowledged.</summary>
    /// <returns>The segment's id.</returns>
    public string Say(string text, Speaker speaker)
    {
        SaidFinal final;
        lock (sync)
        {
            said.Add(
                final = new SaidFinal(
                    new TranscriptSegment($"{Name}-{said.Count}", speaker, text, Final: true), ScriptedModelServer.NowMs));
        }

        _ = Deliver(final);
        return final.Segment.SegmentId;
    }

    /// <summary>Asks again and again, from a moment of its own on.</summary>
    public void Talk(TimeSpan every) => talking = Task.Run(async () =>
    {
        await Task.Delay(every * Random.Shared.NextDouble(), quiet.Token);
        while (!quiet.IsCancellationRequested)
        {
            Ask();
            await Task.Delay(every, quiet.Token);
        }
    });

    /// <summary>Stops asking.</summary>
    public async Task Hush()
    {
        await quiet.CancelAsync();
        await talking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Invokes a method of the hub on the connection there is.</summary>
    public Task Invoke(string method, params object?[] arguments) =>
        (current ?? throw new InvalidOperationException($"{Name} is not connected.")).InvokeCoreAsync(method, arguments);

    /// <summary>Waits for what it sees.</summary>
    /// <returns>When it saw it, in milliseconds on the scripted model's clock.</returns>
    public async Task<double> Until<T>(Func<T, bool> wanted, double sinceMs, TimeSpan within, string what)
        where T : CallEvent
    {
        Saw? found = null;
        try
        {
            await Poll.Until(
                () => (
                    found = Sightings.OfType<Saw>()
                        .FirstOrDefault(saw => saw.AtMs >= sinceMs && saw.Event is T one && wanted(one))) is not null, within, what);
        }
        catch (TimeoutException late)
        {
            throw new TimeoutException($"{Name}: {late.Message} It saw {Tail()}", late);
        }

        return found!.AtMs;
    }

    /// <summary>Asks until it is answered: an outcome that came while a connection was broken is in no snapshot.</summary>
    public async Task Answered(TimeSpan within)
    {
        var begun = ScriptedModelServer.NowMs;
        for (var patience = AskAgainAfter; ; patience *= 2)
        {
            var asked = ScriptedModelServer.NowMs;
            var turn = Ask();
            try
            {
                await Until<TurnSettled>(settled => settled.TurnId == turn, asked, patience, $"{turn} is settled");
                return;
            }
            catch (TimeoutException) when (ScriptedModelServer.NowMs - begun < within.TotalMilliseconds)
            {
                // Asked again.
            }
        }
    }

    /// <summary>The last things it saw, for a failure's message.</summary>
    public string Tail(int count = 12) =>
        $"({current?.State.ToString() ?? "away"}) " + string.Join("; ", Sightings.TakeLast(count).Select(sighting => sighting.Brief));

    /// <summary>Closes its connection for good and leaves its call as it is.</summary>
    public async Task Leave()
    {
        over = true;
        await stop.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Ends its call, if it can, and lets go.</summary>
    public async ValueTask DisposeAsync()
    {
        if (disposed)
        {
            return;
        }

        (over, disposed) = (true, true);
        await Hush();
        if (current is { } hub)
        {
            await hub.InvokeAsync("EndCall").WaitAsync(TimeSpan.FromSeconds(2)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await Leave();
        stop.Dispose();
        quiet.Dispose();
    }

    async Task Run()
    {
        for (var attempt = 0; !stop.IsCancellationRequested && !over; attempt++)
        {
            if (await Hold())
            {
                attempt = 0;
            }

            gateway = (gateway + 1) % gateways.Count;
            await Task.Delay(RetryDelay.Before(attempt, Random.Shared.NextDouble()), stop.Token)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    async Task<bool> Hold()
    {
        var connection = Interlocked.Increment(ref connections);
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var hub = NewConnection();
        hub.Closed += _ =>
        {
            closed.TrySetResult();
            return Task.CompletedTask;
        };
        using var receiving = hub.On<CallEvent>("Receive", callEvent => Receive(connection, callEvent));
        using var speaking = hub.On<SpeechFrame>(
            "ReceiveSpeech", frame => Note(new ReceivedSpeech(ScriptedModelServer.NowMs, connection, frame)));
        try
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop.Token);
            patience.CancelAfter(Ticket is null ? StartsWithin : SilenceAtMost);
            await hub.StartAsync(patience.Token);
            var resume = Ticket is null
                ? null
                : new ResumeRequest(
                    Ticket.CallId, Ticket.ResumeToken, Interlocked.Read(ref lastNumber), (long)(ScriptedModelServer.NowMs - clockOriginMs));
            var reply = await hub.InvokeAsync<StartCallReply>("StartCall", start.Request with { Resume = resume }, patience.Token);
            Note(new Opened(ScriptedModelServer.NowMs, connection, reply, resume is not null));
            (Ticket, clockOriginMs) = (reply, ScriptedModelServer.NowMs - reply.ElapsedMs);
            current = hub;
            opened.TrySetResult();
            await closed.Task.WaitAsync(stop.Token);
            return true;
        }
        catch (Exception error) when (error is not OperationCanceledException || !stop.IsCancellationRequested)
        {
            return false;
        }
        finally
        {
            current = null;
            Note(new Closed(ScriptedModelServer.NowMs, connection));
        }
    }

    void Receive(int connection, CallEvent callEvent)
    {
        Interlocked.Exchange(ref lastNumber, callEvent.Number);
        Note(new Saw(ScriptedModelServer.NowMs, connection, callEvent));
        over |= callEvent is CallEnded;
    }

    async Task Deliver(SaidFinal final)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                if (current is { } hub)
                {
                    await hub.InvokeAsync("SendTranscript", final.Segment, stop.Token);
                    final.AcknowledgedMs = ScriptedModelServer.NowMs;
                    return;
                }
            }
            catch (HubException refused) when (IsFinal(refused.Message))
            {
                final.Refusal = refused.Message;
                return;
            }
#pragma warning disable CA1031 // However a connection breaks, what it did not acknowledge is sent again.
            catch (Exception)
#pragma warning restore CA1031
            {
                // Sent again.
            }

            await Task.Delay(SendAgainAfter, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    static bool IsFinal(string message) =>
        !message.Contains("again", StringComparison.Ordinal) && !message.Contains(
            "server closed", StringComparison.OrdinalIgnoreCase) && !message.Contains(
            "StartCall first", StringComparison.Ordinal);

    void Note(Sighting sighting)
    {
        lock (sync)
        {
            sightings.Add(sighting);
        }
    }

    T Locked<T>(Func<T> read)
    {
        lock (sync)
        {
            return read();
        }
    }

    HubConnection NewConnection() => Hubs
        .Connection(new Uri(gateways[gateway], "/hubs/call"), ticketOf: () => start.TicketOf(gateways[gateway]))
        .WithKeepAliveInterval(KeepAlive).WithServerTimeout(SilenceAtMost).Build();
}
