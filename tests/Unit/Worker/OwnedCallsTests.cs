using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Teleprompter.Bus;
using Teleprompter.Contracts;
using Teleprompter.Hosting.InMemory;
using Teleprompter.InferenceWorker.Admission;
using Teleprompter.InferenceWorker.Answering;
using Teleprompter.InferenceWorker.Budgets;
using Teleprompter.InferenceWorker.Dashboard;
using Teleprompter.InferenceWorker.Models;
using Teleprompter.InferenceWorker.Ownership;
using Teleprompter.InferenceWorker.Playbook;
using Teleprompter.Tests.Unit.Pipeline;
using Teleprompter.Tests.Unit.Transcription;

namespace Teleprompter.Tests.Unit.Worker;

[CancelAfter(30_000)]
public sealed class OwnedCallsTests
{
    [Test]
    public async Task A_call_brought_by_an_input_and_a_heartbeat_at_once_has_one_actor(CancellationToken cancellationToken)
    {
        var store = new CountingStore();
        var stages = StagesUnderTest.With(PlaybookEdition.Create([], []), TimeProvider.System);
        var model = new ModelServices(new SilentModel(), new AdmissionGate(Options.Create(new AdmissionOptions()), TimeProvider.System));
        var services = new CallServices(
            new InMemoryMessageBus(), store, stages, model, SilentTranscription.Service(TimeProvider.System),
            new WorkerLease(TimeProvider.System), TimeProvider.System, new WorkerLedger(TimeProvider.System),
            new BudgetServices(new InMemoryBudgetStore(), Options.Create(new BudgetOptions()), TimeProvider.System));
        var calls = new OwnedCalls(services, NullLoggerFactory.Instance, NullLogger<OwnedCalls>.Instance);

        const int Calls = 2000;
        for (var i = 0; i < Calls; i++)
        {
            var attached = new ClientAttached("connection", Since: 1);
            var callId = $"call-{i}";
            using var both = new Barrier(2);
            await Task.WhenAll(
                Task.Run(
                    () =>
                    {
                        both.SignalAndWait(cancellationToken);
                        calls.Dispatch(new ToWorker(callId, 1, "connection", 1, attached), cancellationToken);
                    },
                    cancellationToken),
                Task.Run(
                    () =>
                    {
                        both.SignalAndWait(cancellationToken);
                        calls.Compare(new GatewayHeartbeat([new ConnectionBeat(callId, 1, attached, 1)]), cancellationToken);
                    },
                    cancellationToken));
        }

        Assert.That(store.Reads.Values, Is.All.EqualTo(1), "each actor reads its call once");
    }

    sealed class SilentModel : ILanguageModel
    {
        public event EventHandler? StateChanged
        {
            add { }
            remove { }
        }

        public ModelState State => ModelState.None;

        public IAsyncEnumerable<AnswerPart> Stream(
            ModelPrompt prompt, CancellationToken cancellation, CancellationToken tooLate = default) =>
            throw new NotSupportedException();
    }

    /// <summary>Counts who reads each call, and never answers, so that every actor stays at its first step.</summary>
    sealed class CountingStore : ICallStore
    {
        public ConcurrentDictionary<string, int> Reads { get; } = new(StringComparer.Ordinal);

        public async ValueTask<StoredCall?> Read(string callId, CancellationToken cancellationToken = default)
        {
            Reads.AddOrUpdate(callId, 1, (_, count) => count + 1);
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            return null;
        }

        public ValueTask Open(CallRecord record, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public ValueTask<CallOwnership?> Claim(
            string callId, string? expectedOwner, string newOwner, long highestEpochSeen, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public ValueTask<AppendResult> Append(string callId, long epoch, CallInput entry, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public ValueTask<bool> Restore(StoredCall call, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public ValueTask<string> Incarnation(CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public ValueTask Erase(string callId, string? subject, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public ValueTask<IReadOnlyList<string>> CallsOf(string? subject, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public ValueTask Expire(string callId, TimeSpan timeToLive, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();
    }
}
