namespace Teleprompter.Contracts;

/// <summary>The people on a call agreed that it is transcribed, as its client says.</summary>
/// <param name="Method">How they agreed.</param>
/// <param name="PolicyVersion">The <see cref="ConsentPolicy.Version"/> that they agreed to.</param>
/// <param name="Everyone">Everybody on the call agreed; false for the rep alone.</param>
public sealed record Consent(ConsentMethod Method, string PolicyVersion, bool Everyone = false);
