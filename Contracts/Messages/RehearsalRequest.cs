namespace Teleprompter.Contracts;

/// <summary>Makes a call a rehearsal: the customer is a buyer whose words come from the worker.</summary>
/// <param name="PersonaId">The buyer, one of those that <c>GET /personas</c> lists.</param>
/// <param name="TestMe">The teleprompter stays silent: no cards, no suggestions.</param>
public sealed record RehearsalRequest(string PersonaId, bool TestMe = false);
