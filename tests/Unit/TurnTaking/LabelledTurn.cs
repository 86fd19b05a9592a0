using Teleprompter.ClientSdk;
using Teleprompter.Contracts;

namespace Teleprompter.Tests.Unit.TurnTaking;

/// <summary>
/// One turn of a sample call. <paramref name="Deserves"/> labels a customer's turn that says something, so that it is no mere sign of
/// listening; small talk does, and the playbook abstains on it.
/// </summary>
public sealed record LabelledTurn(Speaker Speaker, string Text, long StartMs, long EndMs, bool Deserves = false, string? Card = null)
    : CallTurn(Speaker, Text, StartMs, EndMs);
