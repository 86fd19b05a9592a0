using Teleprompter.Contracts;

namespace Teleprompter.Cli.Replay.Transcripts;

/// <summary>Who of the speakers in a transcript is the rep; everybody else is a customer.</summary>
/// <param name="note">What was taken for granted; null when the file or the user says it.</param>
sealed class Roles(IReadOnlyCollection<string> reps, string? note)
{
    static readonly string[] RepWords =
    [
        "rep", "agent", "sales", "seller", "salesperson", "representative", "advisor", "consultant", "ae", "sdr", "bdr",
        "internal", "operator",
    ];

    static readonly string[] CustomerWords =
        ["customer", "caller", "client", "prospect", "buyer", "lead", "guest", "external", "unverified", "contact"];

    /// <summary>What was taken for granted, to be told to the user; null when the file or the user says it.</summary>
    public string? Note => note;

    /// <summary>The speaker of a name.</summary>
    public Speaker Of(string name) => reps.Contains(name, StringComparer.OrdinalIgnoreCase) ? Speaker.Rep : Speaker.Customer;

    /// <summary>
    /// Finds the rep: by name, by what the file says, by words such as agent and guest, or as the only one who is no customer.
    /// </summary>
    /// <param name="file">Names the file in errors.</param>
    /// <param name="brief">What is known of the call.</param>
    /// <param name="rep">The rep's name or a part of it; null when the user did not say.</param>
    /// <exception cref="InputException">Nobody has that name, or it is not obvious who is the rep.</exception>
    public static Roles Find(string file, Transcript transcript, CallBrief brief, string? rep)
    {
        var names = transcript.Lines.Select(line => line.Speaker).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        var listed = string.Join(", ", names.Select(name => $"'{name}'"));
        if (rep is not null)
        {
            string[] called = [.. names.Where(name => name.Equals(rep, StringComparison.OrdinalIgnoreCase))];
            called = called.Length > 0 ? called : [.. names.Where(name => Contains(name, rep))];
            return called.Length > 0
                ? new Roles(called, null)
                : throw new InputException($"--rep {rep}: nobody in {file} has this name. The names are {listed}.");
        }

        string[] reps = [.. names.Where(name => transcript.Reps.Contains(name, StringComparer.OrdinalIgnoreCase))];
        reps = reps.Length > 0 ? reps : [.. names.Where(name => Has(name, ["rep"]))];
        if (reps.Length > 0)
        {
            return new Roles(reps, null);
        }

        string[] customers = [.. names.Where(name => Has(name, CustomerWords) || Contains(name, brief.CustomerName))];
        reps = [.. names.Where(name => Has(name, RepWords) || Contains(name, brief.RepName)).Except(customers, StringComparer.Ordinal)];
        string[] others = [.. names.Except(customers, StringComparer.Ordinal).Except(reps, StringComparer.Ordinal)];
        reps = reps.Length > 0 || customers.Length == 0 ? reps : others;
        return reps.Length > 1 || (reps.Length == 0 && others.Length > 0)
            ? throw new InputException($"{file} does not say who is the rep. Add --rep and one of {listed}.")
            : new Roles(reps, reps.Length == 0 ? null : $"'{reps[0]}' is taken for the rep; --rep names another.");
    }

    static bool Has(string name, string[] words) =>
        name.Split([' ', '(', ')', '[', ']', '-', '_', '.'], StringSplitOptions.RemoveEmptyEntries)
            .Any(word => words.Contains(word.TrimEnd("0123456789".ToCharArray()), StringComparer.OrdinalIgnoreCase));

    static bool Contains(string name, string? part) =>
        !string.IsNullOrWhiteSpace(part) && $" {name} ".Contains($" {part.Trim()} ", StringComparison.OrdinalIgnoreCase);
}
