using Teleprompter.Bus;
using Teleprompter.Contracts;
using Teleprompter.InferenceWorker.Memory;

namespace Teleprompter.Tests.Unit.Dashboard;

sealed class RecordedOutput : ICallOutput
{
    public List<CallEvent> Emitted { get; } = [];

    public List<CallInput> Kept { get; } = [];

    public void Emit(CallEvent callEvent, string? connectionId = null, long? since = null) => Emitted.Add(callEvent);

    public void Keep(CallInput entry) => Kept.Add(entry);
}
