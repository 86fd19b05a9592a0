using System.Buffers;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Teleprompter.Bus;
using Teleprompter.Contracts;
using Teleprompter.Gateway.Intake;
using Teleprompter.Gateway.Relay;

namespace Teleprompter.Gateway.Hub;

/// <summary>
/// Reads a made-up turn as the hub does and relays its first events, before clients are accepted: code is compiled at its first use, which
/// would cost the first customer's turn. Nothing is sent or counted.
/// </summary>
sealed class HubWarmUp(IHubProtocolResolver protocols, TimeProvider time) : IHostedService
{
    static readonly CallStatus status = new(
        ModelState.Ready, StorageState.Ready, Busy: false, Thinking: false, Paused: false, Hearing.Both);

    static readonly CallEvent[] events =
    [
        new StatusChanged(status with { Thinking = true }),
        new TranscriptUpdated("turn", Speaker.Customer, "Words.", Final: true, EndOfTurn: true, 0, 0, FirmChars: 0),
        new CardShown("card", "turn", "Title", "Text", Fact: null, Source: null, "version"),
        new SuggestionStarted("suggestion", ["turn"], SuggestionSource.Model, CardId: null),
        new SuggestionDelta("suggestion", 0, "Words"),
        new SuggestionDelta("suggestion", 1, " more."),
        new CallEnded(EndReason.Ended),
    ];

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var client = new MadeUpClient(protocols.GetProtocol("json", supportedProtocols: null)!);
        client.Say(new TranscriptSegment("turn", Speaker.Customer, "Words.", Final: true, EndOfTurn: true));
        var relay = new CallRelay(new ClientAttached("warm-up"), epoch: 1, lastNumber: 0, _ => { }, time);
        relay.Spans.Receive("turn");
        relay.Relay(new FromWorker(1, 1, new Restored([], null, [], null, CallBrief.Empty, status, 0), "warm-up"));
        for (var i = 0; i < events.Length; i++)
        {
            relay.Relay(new FromWorker(1, i + 2, events[i]));
        }

        return relay.Send(client, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>A client without a connection. Its messages are written and read as on the wire.</summary>
    sealed class MadeUpClient(IHubProtocol protocol) : ICallClient, IInvocationBinder
    {
        readonly ArrayBufferWriter<byte> wire = new();

        public void Say(TranscriptSegment segment)
        {
            MessageRules.Require(MessageRules.Problem(segment));
            protocol.WriteMessage(new InvocationMessage(nameof(ICallHub.SendTranscript), [segment]), wire);
            var sent = new ReadOnlySequence<byte>(wire.WrittenMemory);
            _ = protocol.TryParseMessage(ref sent, this, out _);
        }

        public Task Receive(CallEvent callEvent)
        {
            wire.ResetWrittenCount();
            protocol.WriteMessage(new InvocationMessage(nameof(ICallClient.Receive), [callEvent]), wire);
            return Task.CompletedTask;
        }

        public Task ReceiveSpeech(SpeechFrame frame) => Task.CompletedTask;

        public IReadOnlyList<Type> GetParameterTypes(string methodName) => [typeof(TranscriptSegment)];

        public Type GetReturnType(string invocationId) => typeof(object);

        public Type GetStreamItemType(string streamId) => typeof(AudioFrame);
    }
}
