using Teleprompter.Bus;
using Teleprompter.InferenceWorker.ContextAssembly;
using Teleprompter.InferenceWorker.Memory;
using Teleprompter.InferenceWorker.Models;
using Teleprompter.InferenceWorker.Playbook;

namespace Teleprompter.InferenceWorker.Answering;

/// <summary>Makes the prompt of an answer from what the call remembers.</summary>
/// <param name="clock">The call's clock.</param>
sealed class AnswerPrompt(Conversation conversation, ContextAssembler context, CallClock clock)
{
    /// <summary>The prompt that asks for one answer to some turns, oldest first.</summary>
    public ModelPrompt For(IReadOnlyList<UnansweredTurn> turns, CardDisplay cards) => context.Assemble(new CallContext(
        conversation.Brief,
        conversation.Language,
        cards.Of(turns),
        conversation.Summary,
        conversation.Lines,
        [.. turns.Select(turn => turn.Turn.Text)],
        [.. conversation.Suggestions.Select(suggestion => suggestion.Text)],
        clock.Now,
        RepAsks: turns[^1].RepAsks)
    {
        Notes = NotesOf(turns),
    }) with
    {
        Turn = string.Join(' ', turns.Select(turn => turn.Turn.Text)),
        Earlier = turns[^1].RepAsks ? [] : Earlier(),
    };

    /// <summary>The passages of notes that an answer to some turns may stand on, those of the newest turn first.</summary>
    public static IReadOnlyList<NotePassage> NotesOf(IEnumerable<UnansweredTurn> turns) =>
        [.. turns.Reverse().SelectMany(turn => turn.Notes).Distinct().Take(Notes.Most)];

    IReadOnlyList<EarlierAnswer> Earlier() =>
    [
        .. conversation.SuggestedSince(clock.Now - RepetitionCheck.Within)
            .Select(shown => new EarlierAnswer(shown.Suggestion.Text, conversation.TextOf(shown.TurnIds))),
    ];
}
