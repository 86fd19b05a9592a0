using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Teleprompter.Contracts;

namespace Teleprompter.Tests.Integration.ClientSdk;

/// <summary>A hub that does what a test says: answers or keeps silent, numbers events wrongly, hangs up.</summary>
sealed class FakeGateway : IAsyncDisposable
{
    /// <summary>What it says of the call's clock.</summary>
    public const long ElapsedMs = 1000;

    /// <summary>How far ahead of the reply an early event is: time enough for a client that does not wait to go wrong.</summary>
    static readonly TimeSpan OvertakenBy = TimeSpan.FromMilliseconds(50);

    readonly WebApplication app;
    HubCallerContext? connection;

    FakeGateway(WebApplication app) => this.app = app;

    public Uri Address => new(app.Urls.First());

    public Channel<StartCallRequest> Starts { get; } = Channel.CreateUnbounded<StartCallRequest>();

    public Channel<TranscriptSegment> Heard { get; } = Channel.CreateUnbounded<TranscriptSegment>();

    public Channel<AudioFrame> Voices { get; } = Channel.CreateUnbounded<AudioFrame>();

    public Channel<Progress> Acknowledged { get; } = Channel.CreateUnbounded<Progress>();

    /// <summary>Names of the methods without an argument that were invoked.</summary>
    public Channel<string> Asked { get; } = Channel.CreateUnbounded<string>();

    /// <summary>Connections that are gone.</summary>
    public Channel<string> Left { get; } = Channel.CreateUnbounded<string>();

    /// <summary>Makes the reply to a start; by default a resume is granted.</summary>
    public Func<StartCallRequest, StartCallReply> Reply { get; set; } =
        request => new("call", "secret", request.Resume?.LastNumber ?? 0, ElapsedMs, Resumed: request.Resume is not null);

    /// <summary>Sees every invocation first: whether the hub goes on with it.</summary>
    public Func<HubInvocationContext, Task<bool>> Intercept { private get; set; } = _ => Task.FromResult(true);

    /// <summary>Whether a final is stored; while false, its acknowledgement never comes.</summary>
    public bool Stores { get; set; } = true;

    /// <summary>What the gateway refuses words and feedback with; null while it takes them.</summary>
    public string? Refuses { get; set; }

    /// <summary>What the gateway ends a stream of voices with, at its first frame; null while it takes them.</summary>
    public string? RefusesVoices { get; set; }

    /// <summary>Feedback that came in, refused or not.</summary>
    public Channel<SuggestionFeedback> Feedback { get; } = Channel.CreateUnbounded<SuggestionFeedback>();

    /// <summary>An event that overtakes the reply to a start.</summary>
    public CallEvent? SentBeforeTheReply { get; set; }

    public static async Task<FakeGateway> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSignalR(options =>
            {
                (options.MaximumParallelInvocationsPerClient, options.KeepAliveInterval) = (100, TimeSpan.FromSeconds(1));
                options.AddFilter<Interceptor>();
            })
            .AddJsonProtocol(options => options.PayloadSerializerOptions = new(ContractsJson.Default.Options));
        FakeGateway? gateway = null;
        builder.Services.AddSingleton(_ => gateway!).AddSingleton<Interceptor>();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.MapHub<Hub>("/hubs/call", options => options.Transports = HttpTransportType.WebSockets);
        gateway = new FakeGateway(app);
        await app.StartAsync();
        return gateway;
    }

    public Task Send(CallEvent callEvent) =>
        app.Services.GetRequiredService<IHubContext<Hub, ICallClient>>().Clients.Client(connection!.ConnectionId).Receive(callEvent);

    public void Cut() => connection!.Abort();

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    void Judge()
    {
        if (Refuses is { } words)
        {
            throw new HubException(words);
        }
    }

    sealed class Interceptor(FakeGateway gateway) : IHubFilter
    {
        public async ValueTask<object?> InvokeMethodAsync(
            HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next) =>
            await gateway.Intercept(invocationContext) ? await next(invocationContext) : null;
    }

#pragma warning disable CA1822 // SignalR invokes no static methods.
    public sealed class Hub(FakeGateway gateway) : Hub<ICallClient>, ICallHub
    {
        public async Task<StartCallReply> StartCall(StartCallRequest request)
        {
            gateway.connection = Context;
            gateway.Starts.Writer.TryWrite(request);
            if (gateway.SentBeforeTheReply is { } early)
            {
                await Clients.Caller.Receive(early);
                await Task.Delay(OvertakenBy);
            }

            return gateway.Reply(request);
        }

        public override Task OnDisconnectedAsync(Exception? exception)
        {
            gateway.Left.Writer.TryWrite(Context.ConnectionId);
            return Task.CompletedTask;
        }

        public async Task SendAudio(IAsyncEnumerable<AudioFrame> frames)
        {
            await foreach (var frame in frames)
            {
                gateway.Voices.Writer.TryWrite(frame);
                if (gateway.RefusesVoices is { } words)
                {
                    throw new HubException(words);
                }
            }
        }

        public Task SendTranscript(TranscriptSegment segment)
        {
            gateway.Heard.Writer.TryWrite(segment);
            gateway.Judge();
            if (segment.Text == "hang up")
            {
                Context.Abort();
            }

            return gateway.Stores ? Task.CompletedTask : Task.Delay(Timeout.Infinite, Context.ConnectionAborted);
        }

        public Task RecordConsent(Consent consent) => Ask(nameof(RecordConsent));

        public Task RevokeConsent() => Ask(nameof(RevokeConsent));

        public Task UpdateBrief(CallBrief brief) => Ask(nameof(UpdateBrief));

        public Task SendFeedback(SuggestionFeedback feedback)
        {
            gateway.Feedback.Writer.TryWrite(feedback);
            gateway.Judge();
            return Task.CompletedTask;
        }

        public Task Acknowledge(Progress progress)
        {
            gateway.Acknowledged.Writer.TryWrite(progress);
            return Task.CompletedTask;
        }

        public Task ReportSpeech(SpeechReport report) => Ask(nameof(ReportSpeech));

        public Task SuggestNow() => throw new HubException("Not now.");

        public Task Pause() => Ask(nameof(Pause));

        public Task Resume() => Ask(nameof(Resume));

        public Task SwapSpeakers() => Ask(nameof(SwapSpeakers));

        public Task Resync() => Ask(nameof(Resync));

        public Task EndCall() => Ask(nameof(EndCall));

        public Task RenewSignIn(string ticket) => Task.CompletedTask;

        Task Ask(string method)
        {
            gateway.Asked.Writer.TryWrite(method);
            return Task.CompletedTask;
        }
    }
#pragma warning restore CA1822
}
