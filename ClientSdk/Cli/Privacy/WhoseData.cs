using System.CommandLine;

namespace Teleprompter.Cli.Privacy;

/// <summary>The options that say whose data a command is about: a call's, a person's, or the caller's own.</summary>
sealed class WhoseData
{
    public Option<string?> Call { get; } = new("--call") { Description = "The id of a call." };

    public Option<string?> Person { get; } =
        new("--person") { Description = "The subject of a person, as the sign-in provider names it; administrators only." };

    public Option<bool> Me { get; } = new("--me") { Description = "Your own calls." };

    public void AddTo(Command command)
    {
        command.Add(Call);
        command.Add(Person);
        command.Add(Me);
        command.Validators.Add(parsed =>
        {
            var given = new Option[] { Call, Person, Me }.Count(option => parsed.GetResult(option) is { Implicit: false });
            if (given != 1)
            {
                parsed.AddError("Say one of --call, --person and --me.");
            }
        });
    }

    /// <summary>The address of what is meant.</summary>
    public string PathOf(ParseResult parsed) =>
        parsed.GetValue(Call) is { } call ? $"calls/{Uri.EscapeDataString(call)}/data"
        : parsed.GetValue(Person) is { } person ? $"people/data?subject={Uri.EscapeDataString(person)}"
        : "people/data";
}
