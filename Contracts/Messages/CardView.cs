namespace Teleprompter.Contracts;

/// <summary>The card on the screen.</summary>
/// <param name="CardId">The card's id in the playbook.</param>
/// <param name="TurnId">The customer turn it answers.</param>
/// <param name="Title">Its title.</param>
/// <param name="Text">What to say, filled with the brief.</param>
/// <param name="Fact">One fact that supports it; null when the card has none.</param>
/// <param name="Source">Where the fact comes from; null when the card names none.</param>
/// <param name="PlaybookVersion">Content hash of the playbook it was taken from.</param>
public sealed record CardView(
    string CardId,
    string TurnId,
    string Title,
    string Text,
    string? Fact,
    string? Source,
    string PlaybookVersion);
