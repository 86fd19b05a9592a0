using CsvHelper;

namespace Teleprompter.Cli.Match;

/// <summary>
/// Reads questions from comma-separated values (RFC 4180; also with semicolons or tabs) whose heading names the columns <c>text</c> and
/// <c>card</c>; other columns are ignored.
/// </summary>
static class QuestionFile
{
    static readonly CsvReaderOptions Format = new() { TrackLineNumbers = true, MalformedData = CsvMalformedDataHandling.Throw };

    /// <summary>Reads a file.</summary>
    /// <exception cref="InputException">The file is wrong.</exception>
    public static IReadOnlyList<Question> Read(string file, TextReader content, IReadOnlySet<string> cards)
    {
        using var csv = CsvReader.Create(content, Format, leaveOpen: true);
        try
        {
            csv.ReadHeader();
            if (!csv.TryGetFieldIndex("text", out _) || !csv.TryGetFieldIndex("card", out _))
            {
                throw InputException.At(file, 1, "The first line names the columns: text,card.");
            }

            var questions = new List<Question>();
            while (csv.Read())
            {
                questions.Add(Row(file, csv, cards));
            }

            return questions.Count > 0 ? questions : throw InputException.At(file, 1, "There are no questions below the heading.");
        }
        catch (CsvFormatException error)
        {
            throw InputException.At(
                file,
                Math.Max(1, error.LineNumber),
                "A quotation mark is out of place. Put the text in \"…\" and write a mark inside it twice.");
        }
    }

    static Question Row(string file, CsvReader csv, IReadOnlySet<string> cards)
    {
        var question = new Question(csv.LineNumber, csv.GetString("text").Trim(), csv.GetString("card").Trim());
        if (question.Text.Length == 0)
        {
            throw InputException.At(file, question.Line, "The text is empty.");
        }

        return question.Card.Length == 0 || cards.Contains(question.Card)
            ? question
            : throw InputException.At(
                file, question.Line, $"There is no card '{question.Card}' in the playbook. Leave it empty where none should fire.");
    }
}
