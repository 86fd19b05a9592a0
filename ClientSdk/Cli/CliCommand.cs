using System.CommandLine;
using System.Text.RegularExpressions;
using Teleprompter.Contracts;

namespace Teleprompter.Cli;

/// <summary>What all commands share: their errors become one plain line and an exit code.</summary>
static partial class CliCommand
{
    public static Option<Uri> Url() => new("--url")
    {
        Description = "The gateway's address.",
        DefaultValueFactory = _ => new Uri("http://localhost:5080"),
        CustomParser = parsed => Uri.TryCreate(parsed.Tokens[0].Value, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
            ? url
            : Fail<Uri>(parsed, $"--url: '{parsed.Tokens[0].Value}' is no address. Write it as in http://localhost:5080."),
    };

    public static Option<string?> Language()
    {
        var option = new Option<string?>("--language")
        {
            Description = "The language spoken: a tag such as de or pt-BR, or auto, which leaves it to the transcriber. "
                + "The gateway's default unless said.",
        };
        option.Validators.Add(parsed =>
        {
            if (parsed.Tokens is [var tag] && !Tag().IsMatch(tag.Value))
            {
                parsed.AddError($"--language: '{tag.Value}' is no language tag. Write de, pt-BR or auto.");
            }
        });
        return option;
    }

    public static Option<string?> TokenFile() => new("--token-file")
    {
        Description = "A file with an access token of your sign-in provider, for a gateway where people sign in. It is read again whenever "
            + "a token is needed, so that another program may renew it.",
    };

    /// <summary>Reads the token of <see cref="TokenFile"/> whenever one is needed; null where none was named.</summary>
    /// <exception cref="InputException">There is no such file.</exception>
    public static Func<CancellationToken, Task<string>>? TokenOf(string? file)
    {
        if (file is null)
        {
            return null;
        }

        return File.Exists(file)
            ? async stop => (await File.ReadAllTextAsync(file, stop)).Trim()
            : throw new InputException($"--token-file: there is no file {file}.");
    }

    public static Option<bool> Json() =>
        new("--json") { Description = "Print one JSON document on stdout, and everything else on stderr." };

    /// <summary>Sets what a command does.</summary>
    public static void Does(this Command command, Func<ParseResult, Screen, CancellationToken, Task<int>> run) =>
        command.SetAction(async (parsed, stop) =>
        {
            var json = command.Options.OfType<Option<bool>>().Any(option => option.Name == "--json" && parsed.GetValue(option));
            var screen = new Screen(parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error, json);
            try
            {
                return await run(parsed, screen, stop);
            }
            catch (InputException error)
            {
                screen.Error(error.Message);
                return ExitCode.WrongInput;
            }
            catch (GatewayUnreachableException error)
            {
                screen.Error(error.Message);
                return ExitCode.Unreachable;
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return ExitCode.Stopped;
            }
        });

    [GeneratedRegex(StartCallRequest.LanguageTag, RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Tag();

    static T? Fail<T>(System.CommandLine.Parsing.ArgumentResult parsed, string message)
        where T : class
    {
        parsed.AddError(message);
        return null;
    }
}
