namespace Teleprompter.Contracts;

/// <summary>What a client must ask before a call.</summary>
/// <param name="Version">Names the policy; a <see cref="Consent"/> repeats it.</param>
/// <param name="Notice">What the rep tells the others.</param>
public sealed record ConsentPolicy(ConsentMode Mode, string Version, string Notice);
