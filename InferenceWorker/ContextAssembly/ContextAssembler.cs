using Microsoft.Extensions.Options;
using Teleprompter.Contracts;
using Teleprompter.InferenceWorker.Models;
using Teleprompter.InferenceWorker.Models.Claims;
using Teleprompter.InferenceWorker.Playbook;

namespace Teleprompter.InferenceWorker.ContextAssembly;

/// <summary>
/// Makes a call's context into a prompt within its budgets: what stays the same first, so that a server can reuse it, the question last.
/// Whatever anybody said or wrote stands as data in tags, in the user's message. Pure.
/// </summary>
/// <param name="model">The length of an answer.</param>
public sealed class ContextAssembler(IOptions<ContextOptions> options, IOptions<ModelOptions> model)
{
    const string Question = "What should the rep say now?";
    const string RepAsks = "The rep asks for words now, so PASS is no answer. What should the rep say?";

    // Three tokens around each of two messages and three before the answer, as chat templates of OpenAI models count.
    const int TemplateTokens = 9;
    const int TurnTokens = 100;
    const int SuggestedTokens = 100;
    const int OneSuggestionTokens = 20;
    const int FieldTokens = 20;
    const int LeastNotesTokens = 50;

    static readonly int instructionsTokens = TokenEstimate.Of(Instructions.Suggest) + TemplateTokens;

    readonly ContextOptions options = options.Value;

    /// <summary>The most that instructions, question, turns and earlier suggestions cost.</summary>
    public static int FixedTokens { get; } =
        instructionsTokens + TokenEstimate.Of(RepAsks) + TurnTokens + SuggestedTokens;

    /// <summary>Makes the prompt.</summary>
    /// <param name="context">The call at this moment.</param>
    /// <returns>
    /// The prompt: below <see cref="ContextOptions.TotalTokens"/>, and below that of the notes beside it, even where the estimate is too
    /// low by its margin. The transcript gets what the other parts leave of its own budget, the newest lines first.
    /// </returns>
    public ModelPrompt Assemble(CallContext context)
    {
        var question = context.RepAsks ? RepAsks : Question;
        var (brief, cards) = BriefAndCards(context);
        var summary = Section("summary", PromptData.Clean(context.Summary?.Text), options.SummaryTokens);
        var suggested = Suggested(context.Suggested);
        var turn = Turns(context.Turns);
        var notes = Notes(context.Notes);

        var spent = instructionsTokens + new[] { question, brief, cards, summary, suggested, turn }.Sum(part => TokenEstimate.Of(part));
        var left = (int)(options.TotalTokens / (1 + TokenEstimate.Margin)) - 1 - spent;

        // A line stays until a summary tells it, so that a summary waits until it is worth a call of the model.
        var toldUntil = context.Summary?.Until ?? TimeSpan.MinValue;
        var recent = context.Lines.Where(line => line.At >= context.Now - options.Window || line.At > toldUntil);
        var transcript = Transcript.Section(recent, Math.Min(left, options.TranscriptTokens));
        return new ModelPrompt(
            [
                new PromptMessage(PromptRole.System, Instructions.Suggest),
                new PromptMessage(PromptRole.User, brief + cards + notes + summary + transcript + suggested + turn + question),
            ],
            model.Value.MaxTokens)
        {
            Sources = new ClaimSources(
                Offered: brief + cards + notes + Transcript.WordsOf(transcript, Speaker.Rep),
                Said: summary + Transcript.WordsOf(transcript, Speaker.Customer) + turn),
        };
    }

    // The nearest first, the last one cut to fit.
    string Notes(IReadOnlyList<NotePassage> passages)
    {
        const int Least = 20;
        var (notes, left) = ("", options.NotesTokens);
        foreach (var passage in passages)
        {
            var source = TokenCut.Head(PromptData.Clean(passage.Source), FieldTokens);
            var room = left - PromptData.SectionTokens("note") - TokenEstimate.Of(source) - 2;
            var section = room < Least
                ? ""
                : PromptData.Section("note", $"{source}\n{TokenCut.Head(PromptData.Clean(passage.Text), room)}");
            notes += section;
            left -= TokenEstimate.Of(section);
        }

        return notes;
    }

    (string Brief, string Cards) BriefAndCards(CallContext context)
    {
        var fields = Fields(context.Brief, context.Language);
        var notes = PromptData.Clean(context.Brief.Notes);
        var left = options.BriefTokens - PromptData.SectionTokens("brief") - TokenEstimate.Of(fields);

        var cards = "";
        foreach (var card in context.Cards)
        {
            var forNotes = Math.Min(TokenEstimate.Of(notes), LeastNotesTokens) + TokenEstimate.Of("\nNotes: ");
            var section = PromptData.Section("card", Card(card, left - forNotes - PromptData.SectionTokens("card")));
            cards += section;
            left -= TokenEstimate.Of(section);
        }

        var cutNotes = TokenCut.Head(notes, left - TokenEstimate.Of("\nNotes: "));
        var body = string.Join('\n', new[] { fields, cutNotes.Length > 0 ? $"Notes: {cutNotes}" : "" }.Where(part => part.Length > 0));
        return (PromptData.Section("brief", body), cards);
    }

    static string Fields(CallBrief brief, string? language)
    {
        string?[] customer = [FormOfAddress.Of(brief.CustomerName), brief.Role, brief.Company];
        (string Name, string Value)[] fields =
        [
            ("Rep", Field(brief.RepName)),
            ("Customer", string.Join(", ", customer.Select(Field).Where(value => value.Length > 0))),
            ("Product", Field(brief.Product)),
            ("Language", language is "auto" ? "" : Field(language)),
        ];
        return string.Join('\n', fields.Where(field => field.Value.Length > 0).Select(field => $"{field.Name}: {field.Value}"));
    }

    static string Field(string? value) => TokenCut.Head(PromptData.Clean(value), FieldTokens);

    // A card is cut to fit, its fact to half of the room at most; one of which too little would be left is left out.
    static string Card(CardView card, int budget)
    {
        const int Labels = 10;
        const int Least = 40;
        if (budget < Least)
        {
            return "";
        }

        var title = TokenCut.Head(PromptData.Clean(card.Title), FieldTokens);
        var source = card.Source is null ? "" : $" ({TokenCut.Head(PromptData.Clean(card.Source), FieldTokens)})";
        var left = budget - Labels - TokenEstimate.Of(title);
        var fact = card.Fact is null ? "" : TokenCut.Head(PromptData.Clean(card.Fact) + source, left / 2);
        var say = TokenCut.Head(PromptData.Clean(card.Text), left - TokenEstimate.Of(fact));
        return $"{title}\nSay: {say}" + (fact.Length > 0 ? $"\nFact: {fact}" : "");
    }

    static string Suggested(IReadOnlyList<string> suggested)
    {
        var left = SuggestedTokens - PromptData.SectionTokens("suggested");
        var kept = new List<string>();
        foreach (var text in suggested.Reverse().Select(PromptData.Clean).Where(text => text.Length > 0))
        {
            var line = "- " + TokenCut.Head(text, OneSuggestionTokens);
            left -= TokenEstimate.Of(line) + 1;
            if (left < 0)
            {
                break;
            }

            kept.Insert(0, line);
        }

        return PromptData.Section("suggested", string.Join('\n', kept));
    }

    static string Turns(IReadOnlyList<string> turns)
    {
        var words = string.Join(' ', turns.Select(PromptData.Clean).Where(text => text.Length > 0));
        return PromptData.Section("turn", TokenCut.Tail(words, TurnTokens - PromptData.SectionTokens("turn")));
    }

    static string Section(string tag, string body, int budget) =>
        PromptData.Section(tag, TokenCut.Head(body, budget - PromptData.SectionTokens(tag)));
}
