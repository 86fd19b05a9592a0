using Teleprompter.Bus;
using Teleprompter.InferenceWorker.Answering;
using Teleprompter.InferenceWorker.Dashboard;
using Teleprompter.InferenceWorker.Pipeline;
using Teleprompter.InferenceWorker.Transcription;

namespace Teleprompter.InferenceWorker.Ownership;

/// <summary>What all calls of a worker share.</summary>
/// <param name="Bus">Carries what is live.</param>
/// <param name="Store">Keeps what must not be lost.</param>
/// <param name="Stages">The pure stages.</param>
/// <param name="Model">The model.</param>
/// <param name="Transcription">The transcriber.</param>
/// <param name="Lease">The right to speak.</param>
/// <param name="Time">The clock.</param>
/// <param name="Ledger">Where what happens is counted for team leads.</param>
public sealed record CallServices(
    IMessageBus Bus,
    ICallStore Store,
    CallStages Stages,
    ModelServices Model,
    TranscriptionService Transcription,
    WorkerLease Lease,
    TimeProvider Time,
    WorkerLedger Ledger);
