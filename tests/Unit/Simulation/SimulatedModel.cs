using System.Globalization;
using System.Runtime.CompilerServices;
using Teleprompter.Contracts;
using Teleprompter.InferenceWorker.Models;

namespace Teleprompter.Tests.Unit.Simulation;

/// <summary>
/// A model that writes, word by word, which question it answers and for which worker, so that a screen shows where its words come from.
/// </summary>
sealed class SimulatedModel(Process process) : ILanguageModel
{
    public const string BuyerOpening = "My view of";

    const string Topic = "topic ";

    // So often the persona's own lines are said.
    const double BuyersFail = 0.4;

    static readonly TimeSpan ClosedWithin = TimeSpan.FromMilliseconds(500);

    readonly World world = process.World;
    readonly List<OpenStream> open = [];

    public event EventHandler? StateChanged
    {
        add { }
        remove { }
    }

    public ModelState State => ModelState.Ready;

    public double Failing { get; set; }

    /// <summary>Streams open for suggestions, by the call's letter.</summary>
    public IEnumerable<char> Open => open.Where(stream => !stream.IsBuyers).Select(stream => stream.Letter);

    /// <summary>Any stream is open.</summary>
    public bool IsWriting => open.Count > 0;

    /// <summary>Streams open for the turns of a buyer that nobody has closed.</summary>
    public int PendingForBuyer(char letter) =>
        open.Count(stream => stream is { IsBuyers: true, CancelledAt: null } && stream.Letter == letter);

    /// <summary>The whole answer to a question.</summary>
    public static string Answer(string question, string worker) => string.Concat(Pieces(question, worker));

    public async IAsyncEnumerable<AnswerPart> Stream(
        ModelPrompt prompt,
        [EnumeratorCancellation] CancellationToken cancellation,
        CancellationToken tooLate = default)
    {
        if (prompt.Use == ModelUse.Summary)
        {
            await Task.Delay(world.Between(100, 600), process.Time, cancellation);
            yield return new AnswerPart("They talked about topics.");
            yield break;
        }

        var isBuyers = prompt.Messages[^1].Text.EndsWith("What do you say?", StringComparison.Ordinal);
        var question = isBuyers ? BuyerIn(prompt) : NewestQuestion(prompt.Messages[^1].Text);
        var stream = new OpenStream(question[0], isBuyers);
        open.Add(stream);
        using var watch = cancellation.Register(() => stream.CancelledAt = world.Now);
        try
        {
            await Task.Delay(world.Between(20, 500), process.Time, cancellation);
            if (isBuyers && world.Chance(BuyersFail))
            {
                throw new ModelException(ModelFailure.Stalled);
            }

            foreach (var piece in isBuyers ? BuyerPieces(question) : Pieces(question, process.Name))
            {
                if (world.Chance(Failing))
                {
                    throw new ModelException(ModelFailure.Stalled);
                }

                yield return new AnswerPart(piece);
                await Task.Delay(world.Between(10, 200), process.Time, cancellation);
            }
        }
        finally
        {
            open.Remove(stream);
        }
    }

    public void Check()
    {
        foreach (var stream in open)
        {
            if (stream.CancelledAt is { } cancelledAt && Math.Max(cancelledAt, process.ThawedAt) + ClosedWithin.Ticks < world.Now)
            {
                world.Break($"{process.Name}: a stream of call {stream.Letter} outlives its cancellation");
            }
        }
    }

    static IEnumerable<string> Pieces(string question, string worker)
    {
        yield return $"On {question} for {worker}:";
        for (var i = 0; i < 3 + (question.Length > 1 ? question[^1] % 5 : 0); i++)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $" point {i}");
        }
    }

    /// <summary>More than a buyer may say, now and then.</summary>
    IEnumerable<string> BuyerPieces(string letter)
    {
        yield return $"{BuyerOpening} topic {letter}";
        for (var i = world.Random.Next(12); i > 0; i--)
        {
            yield return " is as it was.";
        }
    }

    static string BuyerIn(ModelPrompt prompt)
    {
        const string Before = "You are Buyer ";
        var system = prompt.Messages[0].Text;
        return system.Substring(system.IndexOf(Before, StringComparison.Ordinal) + Before.Length, 1);
    }

    static string NewestQuestion(string prompt)
    {
        var at = prompt.LastIndexOf(Topic, StringComparison.Ordinal);
        if (at < 0)
        {
            return "?";
        }

        at += Topic.Length;
        var end = at;
        while (end < prompt.Length && char.IsAsciiLetterOrDigit(prompt[end]))
        {
            end++;
        }

        return prompt[at..end];
    }

    sealed class OpenStream(char letter, bool isBuyers)
    {
        public char Letter => letter;

        public bool IsBuyers => isBuyers;

        public long? CancelledAt { get; set; }
    }
}
