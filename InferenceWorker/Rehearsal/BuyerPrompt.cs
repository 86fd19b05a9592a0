using Teleprompter.InferenceWorker.ContextAssembly;
using Teleprompter.InferenceWorker.Memory;
using Teleprompter.InferenceWorker.Models;
using Teleprompter.InferenceWorker.Playbook.Personas;

namespace Teleprompter.InferenceWorker.Rehearsal;

/// <summary>What a model is asked to say as the buyer: the persona, the last exchanges, and why it speaks now.</summary>
static class BuyerPrompt
{
    const int Lines = 12;
    const int TranscriptTokens = 400;
    const int SpeechTokens = 150;

    // Thirty words, and some room for a sentence to end.
    const int MaxTokens = 60;

    static readonly string play = Instructions.Read(typeof(BuyerPrompt), "Play.md");

    /// <param name="objections">What the rep wants to rehearse.</param>
    /// <param name="why">What the rep did, where the buyer cuts in; null where the rep has finished.</param>
    public static ModelPrompt Of(
        Persona persona, IReadOnlyList<string> objections, IReadOnlyList<SpokenLine> lines, string repWords, string? why)
    {
        var points = string.Join('\n', persona.Attacks.Select(attack => $"- {attack.Line}"));
        var profile = $"You are {persona.Name}, {persona.Role} at {persona.Company}. {persona.Mood}\n\nYour points:\n{points}";
        var first = PromptData.Section("first", string.Join('\n', objections.Select(objection => $"- {PromptData.Clean(objection)}")));
        var speech = PromptData.Section("rep", TokenCut.Tail(PromptData.Clean(repWords), SpeechTokens));
        var task = why is null
            ? "The rep has finished. What do you say?"
            : $"The rep is still speaking, and you cut in: {PromptData.Clean(why)} What do you say?";
        return new ModelPrompt(
            [
                new PromptMessage(PromptRole.System, $"{play}\n\n{profile}"),
                new PromptMessage(PromptRole.User, first + Transcript.Section(lines.TakeLast(Lines), TranscriptTokens) + speech + task),
            ],
            MaxTokens);
    }
}
