using Teleprompter.Contracts;
using Teleprompter.InferenceWorker.Playbook;

namespace Teleprompter.InferenceWorker.Answering;

/// <summary>A card as the rep sees it.</summary>
public static class CardViews
{
    /// <summary>Fills a card with the brief.</summary>
    /// <param name="brief">The brief that counts now.</param>
    /// <param name="playbookVersion">The playbook it was taken from.</param>
    public static CardView Fill(this PlaybookCard card, CallBrief brief, string turnId, string playbookVersion) => new(
        card.Id,
        turnId,
        CardText.Fill(card.Title, brief),
        CardText.Fill(card.Say, brief),
        card.Fact is null ? null : CardText.Fill(card.Fact, brief),
        card.Source is null ? null : CardText.Fill(card.Source, brief),
        playbookVersion);
}
