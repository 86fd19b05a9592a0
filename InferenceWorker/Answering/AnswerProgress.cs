using Teleprompter.Contracts;

namespace Teleprompter.InferenceWorker.Answering;

/// <summary>How the answering stands.</summary>
/// <param name="Model">Whether a model answers this call: unavailable also after it failed here, until it answers here again.</param>
/// <param name="Busy">The newest question is held.</param>
/// <param name="Thinking">An answer is on its way.</param>
public readonly record struct AnswerProgress(ModelState Model, bool Busy, bool Thinking);
