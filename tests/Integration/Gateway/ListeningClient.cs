using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR.Client;
using Teleprompter.Contracts;
using Teleprompter.Tests.ScriptedSpeech;

namespace Teleprompter.Tests.Integration.Gateway;

/// <summary>A rep's client that plays the buyer's voice in real time, and tells how far it is.</summary>
sealed class ListeningClient : IAsyncDisposable
{
    static readonly TimeSpan reportEvery = TimeSpan.FromMilliseconds(250);

    readonly HubConnection connection;
    readonly CancellationTokenSource over = new();
    readonly ConcurrentDictionary<string, Turn> turns = new(StringComparer.Ordinal);

    ListeningClient(HubConnection connection)
    {
        this.connection = connection;
        connection.On<CallEvent>("Receive", callEvent => Events.Enqueue((ScriptedSpeechServer.NowMs, callEvent)));
        connection.On<SpeechFrame>("ReceiveSpeech", Play);
    }

    public ConcurrentQueue<(double AtMs, CallEvent Event)> Events { get; } = new();

    /// <summary>Tells how far it has played; false for a tab that is frozen.</summary>
    public bool Reports { get; set; } = true;

    /// <summary>The turns that were heard, in their order.</summary>
    public IReadOnlyList<Turn> Turns => [.. turns.Values.OrderBy(turn => turn.FirstMs)];

    public IEnumerable<TranscriptUpdated> BuyerSaid =>
        Events.Select(told => told.Event).OfType<TranscriptUpdated>().Where(words => words is { Speaker: Speaker.Customer, Final: true });

    public static async Task<ListeningClient> Connect(RunningGateway gateway, string persona)
    {
        // The gateway gives up a client that is silent for 4 s.
        var hub = Hubs.Connection(new Uri(gateway.Address, "/hubs/call")).WithKeepAliveInterval(TimeSpan.FromSeconds(1));
        var client = new ListeningClient(hub.Build());
        await client.connection.StartAsync();
        await client.connection.InvokeAsync<StartCallReply>(
            "StartCall", new StartCallRequest(Rehearsal: new RehearsalRequest(persona, TestMe: true) { Voice = true }));
        _ = client.Report();
        return client;
    }

    public Task Invoke(string method, params object?[] arguments) => connection.InvokeCoreAsync(method, arguments);

    public Task Say(string segmentId, string text) =>
        Invoke("SendTranscript", new TranscriptSegment(segmentId, Speaker.Rep, text, Final: true));

    /// <summary>The rep talks over the turn that is played.</summary>
    public Task Interrupt(Turn turn) => Invoke("ReportSpeech", new SpeechReport(turn.Id, turn.PlayedMs, Stopped: true));

    public async ValueTask DisposeAsync()
    {
        await over.CancelAsync();
        await connection.DisposeAsync();
    }

    void Play(SpeechFrame frame) => turns.GetOrAdd(frame.SegmentId, id => new Turn(id)).Add(frame);

    async Task Report()
    {
        try
        {
            using var timer = new PeriodicTimer(reportEvery);
            while (await timer.WaitForNextTickAsync(over.Token))
            {
                if (Reports && Turns is [.., { IsPlaying: true } last])
                {
                    await connection.SendAsync("ReportSpeech", new SpeechReport(last.Id, last.PlayedMs), over.Token);
                }
            }
        }
        catch (Exception error) when (error is OperationCanceledException or InvalidOperationException)
        {
            // The connection is closed.
        }
    }

    public sealed class Turn(string id)
    {
        readonly Lock sync = new();
        TimeSpan received;

        public string Id => id;

        public double FirstMs { get; } = ScriptedSpeechServer.NowMs;

        public SpeechEnd? End { get; private set; }

        public List<int> Numbers { get; } = [];

        public TimeSpan Received => received;

        public long PlayedMs => (long)Math.Min(received.TotalMilliseconds, ScriptedSpeechServer.NowMs - FirstMs);

        public bool IsPlaying => End != SpeechEnd.Stopped && !(End == SpeechEnd.Complete && PlayedMs >= received.TotalMilliseconds);

        public void Add(SpeechFrame frame)
        {
            lock (sync)
            {
                Numbers.Add(frame.Number);
                received += frame.Duration();
                End = frame.End ?? End;
            }
        }
    }
}
