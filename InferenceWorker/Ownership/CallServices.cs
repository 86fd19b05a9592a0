using Teleprompter.Bus;
using Teleprompter.InferenceWorker.Answering;
using Teleprompter.InferenceWorker.Budgets;
using Teleprompter.InferenceWorker.Dashboard;
using Teleprompter.InferenceWorker.Pipeline;
using Teleprompter.InferenceWorker.Transcription;

namespace Teleprompter.InferenceWorker.Ownership;

/// <summary>What all calls of a worker share.</summary>
/// <param name="Store">Keeps what must not be lost.</param>
/// <param name="Stages">The stages of the pipeline.</param>
/// <param name="Model">The model and the admission to it.</param>
/// <param name="Lease">The worker's right to send events.</param>
/// <param name="Time">The clock.</param>
/// <param name="Ledger">The figures for the dashboard.</param>
/// <param name="Budgets">What people and teams may ask of the model.</param>
public sealed record CallServices(
    IMessageBus Bus,
    ICallStore Store,
    CallStages Stages,
    ModelServices Model,
    TranscriptionService Transcription,
    WorkerLease Lease,
    TimeProvider Time,
    WorkerLedger Ledger,
    BudgetServices Budgets);
