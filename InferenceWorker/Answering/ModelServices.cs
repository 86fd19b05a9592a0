using Teleprompter.InferenceWorker.Admission;
using Teleprompter.InferenceWorker.Models;

namespace Teleprompter.InferenceWorker.Answering;

/// <summary>What all calls of a worker share of the model.</summary>
public sealed record ModelServices(ILanguageModel Model, AdmissionGate Gate);
