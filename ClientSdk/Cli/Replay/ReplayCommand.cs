using System.CommandLine;
using System.Text;
using Teleprompter.Cli.Replay.Voices;
using Teleprompter.ClientSdk;
using Teleprompter.Contracts;

namespace Teleprompter.Cli.Replay;

/// <summary><c>teleprompter replay</c>.</summary>
sealed class ReplayCommand
{
    readonly Argument<string> File = new("FILE")
    {
        Description = "The call. A transcript: JSON, WebVTT, SubRip, Otter's text, or lines that begin with who speaks, such as 'rep:' and "
            + "'customer:'. Or a WAV file: the rep left and the customer right, or one voice alone.",
    };

    readonly Option<string[]> Brief = new("--brief")
    {
        Description = $"A field of the brief as field=value, over the file's own; may be given several times. Fields: {BriefFields.Names}.",
    };

    readonly Option<string?> Rep = new("--rep")
    {
        Description = "The rep's name in the transcript, or a part of it; needed where the file does not say who is the rep.",
    };

    readonly Option<string?> Encoding = new("--encoding")
    {
        Description = "The encoding of a transcript without a byte order mark, such as windows-1252. UTF-8 unless said.",
    };

    readonly Option<Speaker?> Speaker = new("--speaker")
    {
        Description = "Whose voice a WAV file with one voice holds: rep or customer. The customer's unless said.",
    };

    readonly Option<string?> Language = CliCommand.Language();

    readonly Option<string?> Token = CliCommand.TokenFile();

    readonly Option<bool> Swap = new("--swap") { Description = "The customer is on the left channel of the WAV file." };

    public static Command Create() => new ReplayCommand().Build();

    Command Build()
    {
        var url = CliCommand.Url();
        var speed = new Option<double>("--speed")
        {
            Description = "1 is speaking pace, 0.1 to 20. Pauses shrink too, so that above 1 turns run together; above 4 "
                + "no interims are sent. A gateway takes both voices of a WAV file up to about 8.",
            DefaultValueFactory = _ => 1,
        };
        speed.Validators.Add(parsed =>
        {
            if (parsed.GetValueOrDefault<double>() is not (>= 0.1 and <= 20))
            {
                parsed.AddError("--speed lies between 0.1 and 20.");
            }
        });
        var command = new Command(
            "replay",
            "Plays a call against a gateway; prints what a rep would see, and where the time went. "
            + "Ctrl-C ends the call and still prints that.")
        {
            File, url, speed, Brief, Language, Rep, Encoding, Speaker, Swap, Token, CliCommand.Json(),
        };
        command.Does(async (parsed, screen, stop) =>
        {
            using var wav = WavFile.Is(parsed.GetRequiredValue(File)) ? WavFile.Open(parsed.GetRequiredValue(File)) : null;
            var pace = parsed.GetValue(speed);
            var (brief, playback) = wav is null ? Read(parsed, pace, screen) : Listen(parsed, wav, pace, screen);
            var options = new CallClientOptions(parsed.GetRequiredValue(url))
            {
                Brief = brief,
                Language = parsed.GetValue(Language),
                AccessToken = CliCommand.TokenOf(parsed.GetValue(Token)),
            };
            return await new ReplayRun(options, playback, pace, screen).Run(stop);
        });
        return command;
    }

    (CallBrief Brief, IPlayback Playback) Read(ParseResult parsed, double pace, Screen screen)
    {
        Refuse(
            parsed.GetValue(Speaker) is not null || parsed.GetValue(Swap),
            "--speaker and --swap are for WAV files; --rep names the rep of a transcript.");
        var call = RecordedCall.Read(parsed.GetRequiredValue(File), parsed.GetValue(Rep), parsed.GetValue(Brief) ?? [], EncodingOf(parsed));
        foreach (var note in call.Notes)
        {
            screen.Line($"[yellow]note[/]  {note}");
        }

        return (call.Brief, new ReplayPlayer(CallScript.Of(call.Turns, "replay"), pace, TimeProvider.System));
    }

    (CallBrief Brief, IPlayback Playback) Listen(ParseResult parsed, WavFile wav, double pace, Screen screen)
    {
        Refuse(
            parsed.GetValue(Rep) is not null || parsed.GetValue(Encoding) is not null,
            "--rep and --encoding are for transcripts, not for WAV files.");
        if (wav.MissingSeconds > 0)
        {
            screen.Line($"[yellow]note[/]  The file ends {wav.MissingSeconds:F1} s before the length it names; what is there is played.");
        }

        var speakers = SpeakersOf(wav, parsed.GetValue(Speaker), parsed.GetValue(Swap), screen);
        return (BriefFields.Put(CallBrief.Empty, parsed.GetValue(Brief) ?? []), new VoicePlayer(wav, speakers, pace, TimeProvider.System));
    }

    static Speaker[] SpeakersOf(WavFile wav, Speaker? speaker, bool swap, Screen screen)
    {
        if (wav.IsDualMono() && !swap)
        {
            var whose = speaker ?? Contracts.Speaker.Customer;
            screen.Line($"[yellow]note[/]  Both channels hold the same voice, taken for the {whose.Words()}'s; --speaker names another.");
            return [whose];
        }

        Refuse(
            wav.Channels == 2 && speaker is not null,
            "--speaker is for a WAV file with one channel; this one has two: the rep left, the customer right, "
            + "or the other way round with --swap.");
        Refuse(
            wav.Channels == 1 && swap, "--swap is for a WAV file with two channels; say --speaker rep or --speaker customer of this one.");
        return wav.Channels == 1 ? [speaker ?? Contracts.Speaker.Customer]
            : swap ? [Contracts.Speaker.Customer, Contracts.Speaker.Rep]
            : [Contracts.Speaker.Rep, Contracts.Speaker.Customer];
    }

    Encoding? EncodingOf(ParseResult parsed)
    {
        if (parsed.GetValue(Encoding) is not { } name)
        {
            return null;
        }

        try
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(name) is { } page
                ? System.Text.Encoding.GetEncoding(page.CodePage, page.EncoderFallback, DecoderFallback.ExceptionFallback)
                : System.Text.Encoding.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
        }
        catch (ArgumentException)
        {
            throw new InputException($"--encoding {name}: there is no such encoding. Use a name such as utf-8 or windows-1252.");
        }
    }

    static void Refuse(bool wrong, string message)
    {
        if (wrong)
        {
            throw new InputException(message);
        }
    }
}
