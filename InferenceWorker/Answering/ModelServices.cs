using Teleprompter.InferenceWorker.Admission;
using Teleprompter.InferenceWorker.Models;

namespace Teleprompter.InferenceWorker.Answering;

/// <summary>What all calls of a worker share of the model.</summary>
/// <param name="Model">The model.</param>
/// <param name="Gate">Admission across calls.</param>
public sealed record ModelServices(ILanguageModel Model, AdmissionGate Gate);
