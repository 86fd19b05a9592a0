using System.CommandLine;
using System.Diagnostics;
using Teleprompter.InferenceWorker.Playbook;

namespace Teleprompter.Cli.Match;

/// <summary><c>teleprompter match</c>.</summary>
static class MatchCommand
{
    const int CollisionsShown = 10;

    public static Command Create()
    {
        var playbook = new Option<string>("--playbook") { Description = "The folder of the cards.", Required = true };
        var questions = new Option<string>("--questions")
        {
            Description = "CSV with the columns text and card; an empty card means that none should fire.",
            Required = true,
        };
        var precision = Share("--min-precision");
        var recall = Share("--min-recall");
        var words = new Option<bool>("--words")
        {
            Description = "Match by words alone, as a worker does with Playbook:Matcher=words and before its vectors are there.",
        };
        var command = new Command(
            "match", "Says how well the cards of a playbook find the questions they are for, and which they miss. Needs no gateway.")
        {
            playbook, questions, words, precision, recall, CliCommand.Json(),
        };
        command.Does((parsed, screen, _) =>
        {
            using var vectors = parsed.GetValue(words) ? null : LoadVectors();
            var edition = ReadPlaybook(parsed.GetRequiredValue(playbook), screen);
            edition = vectors is null ? edition : edition.WithMeaning(vectors, out Exception? _);
            var report = Ask(edition, ReadQuestions(parsed.GetRequiredValue(questions), edition));
            if (screen.IsJson)
            {
                screen.Json(report);
            }
            else
            {
                Write(screen, report);
            }

            var reached = report.Precision >= parsed.GetValue(precision) && report.Recall >= parsed.GetValue(recall);
            return Task.FromResult(reached ? ExitCode.Ok : ExitCode.NotWell);
        });
        return command;
    }

    static Option<double> Share(string name)
    {
        var share = new Option<double>(name) { Description = "End with exit code 1 below this, 0 to 1." };
        share.Validators.Add(parsed =>
        {
            if (parsed.GetValueOrDefault<double>() is not (>= 0 and <= 1))
            {
                parsed.AddError($"{name} lies between 0 and 1.");
            }
        });
        return share;
    }

    static PlaybookEdition ReadPlaybook(string root, Screen screen)
    {
        if (!Directory.Exists(root))
        {
            throw new InputException($"There is no folder {root}. Name the folder of your cards with --playbook.");
        }

        var folder = new PlaybookFolder(root);
        var edition = folder.Scan()!;
        foreach (var warning in folder.Warnings)
        {
            screen.Line($"[yellow]note[/]  {Place(warning)}");
        }

        return folder.Errors.Count == 0 ? edition : throw new InputException(string.Join(Environment.NewLine, folder.Errors.Select(Place)));

        string Place(PlaybookError error) => $"{Path.Combine(root, error.File)}:{error.Line}: {error.Message}";
    }

    static TextVectors LoadVectors() => TextVectors.Load(new PlaybookOptions().Vectors, out var problem)
        ?? throw new InputException($"The model that compares meanings cannot be loaded: {problem!.Message} Use --words.");

    static IReadOnlyList<Question> ReadQuestions(string file, PlaybookEdition edition)
    {
        try
        {
            using var content = new StringReader(TextFile.Read(file));
            return QuestionFile.Read(file, content, edition.Cards.Select(card => card.Id).ToHashSet(StringComparer.Ordinal));
        }
        catch (TextFormatException error)
        {
            throw InputException.At(file, error.Line, error.Message);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{file} cannot be read: {error.Message}");
        }
    }

    static MatchReport Ask(PlaybookEdition edition, IReadOnlyList<Question> questions)
    {
        // The first ones pay for the runtime's compiling.
        foreach (var question in questions.Take(20))
        {
            edition.Best(question.Text);
        }

        var times = new List<double>(questions.Count);
        var answers = new List<(Question, CardMatch?)>(questions.Count);
        foreach (var question in questions)
        {
            var started = Stopwatch.GetTimestamp();
            var best = edition.Best(question.Text);
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            answers.Add((question, best));
        }

        return MatchReport.Of(edition, answers, times);
    }

    static void Write(Screen screen, MatchReport report)
    {
        foreach (var miss in report.Misses)
        {
            screen.Line($"line {miss.Line}: {Named(miss.Card)} wanted, [yellow]{Named(miss.Fired)}[/] fired: {miss.Text}");
            screen.Line(
                $"    nearest {Named(miss.Nearest)} with {miss.Confidence:F2} of 0.50; {Like(miss.Own)}; in its way {Like(miss.Rival)}");
        }

        foreach (var pair in report.Collisions.Take(CollisionsShown))
        {
            screen.Line($"[yellow]near[/]  {Like(pair.One)} and {Like(pair.Other)}");
        }

        foreach (var confusion in report.Confusions)
        {
            screen.Line($"{confusion.Questions,3} x {Named(confusion.Card)} wanted, {Named(confusion.Fired)} fired");
        }

        screen.Line($"{report.Questions} questions by {report.Matcher}, {report.Misses.Count} missed");
        screen.Line($"accuracy {report.Accuracy:F3}, precision {report.Precision:F3}, recall {report.Recall:F3}");
        screen.Line($"time a question: p50 {report.MsAQuestion.P50:F3} ms, p99 {report.MsAQuestion.P99:F3} ms");
    }

    static string Like(CloseExample? example) =>
        example is null ? "no example" : $"'{example.Example}' of {example.CardId ?? "small talk"} ({example.Similarity:F2})";

    static string Named(string? card) => string.IsNullOrEmpty(card) ? "none" : card;
}
