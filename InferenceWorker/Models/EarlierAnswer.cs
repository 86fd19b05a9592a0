namespace Teleprompter.InferenceWorker.Models;

/// <summary>Something that was suggested lately.</summary>
/// <param name="Turn">The customer's words that it answered; empty where they are not known.</param>
public sealed record EarlierAnswer(string Text, string Turn);
