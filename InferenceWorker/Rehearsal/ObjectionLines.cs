using Teleprompter.InferenceWorker.Playbook;
using Teleprompter.InferenceWorker.Playbook.Personas;

namespace Teleprompter.InferenceWorker.Rehearsal;

/// <summary>How a buyer without a model says the objections that a rep wants to rehearse.</summary>
static class ObjectionLines
{
    /// <param name="cards">The playbook: of an objection that is a card's title, the card's first example is said.</param>
    public static IReadOnlyList<string> Of(IReadOnlyList<string> objections, IReadOnlyList<PlaybookCard> cards) =>
        [.. objections.Select(objection =>
            Example(objection, cards) ?? $"One thing still bothers me: {objection}. What do you say to that?")];

    static string? Example(string objection, IReadOnlyList<PlaybookCard> cards) =>
        cards.FirstOrDefault(card => card.Title.Equals(objection, StringComparison.OrdinalIgnoreCase))?
            .Triggers.FirstOrDefault(trigger => trigger.Split(' ').Length <= PersonaReader.MostWords);
}
