using System.CommandLine;
using Teleprompter.Cli.Replay.Voices;
using Teleprompter.ClientSdk;
using Teleprompter.Contracts;

namespace Teleprompter.Cli.Replay;

/// <summary><c>teleprompter replay</c>.</summary>
static class ReplayCommand
{
    /// <summary>Creates it.</summary>
    public static Command Create()
    {
        var file = new Argument<string>("FILE")
        {
            Description = "The call: JSON as the side panel's sample calls have it, lines that begin with 'rep:' or 'customer:', or a WAV file (the rep left and the customer right, or one voice alone).",
        };
        var url = CliCommand.Url();
        var speed = new Option<double>("--speed")
        {
            Description = "1 is speaking pace, 0.1 to 20. Pauses shrink too, so that above 1 turns run together; above 4 no interims are sent. A gateway takes both voices of a WAV file up to about 8.",
            DefaultValueFactory = _ => 1,
        };
        speed.Validators.Add(parsed =>
        {
            if (parsed.GetValueOrDefault<double>() is not (>= 0.1 and <= 20))
            {
                parsed.AddError("--speed lies between 0.1 and 20.");
            }
        });
        var brief = new Option<string[]>("--brief")
        {
            Description = $"A field of the brief as field=value, over the file's own; may be given several times. Fields: {BriefFields.Names}.",
        };
        var speaker = new Option<Speaker?>("--speaker") { Description = "Whose voice a WAV file with one channel holds: rep or customer. The customer's unless said." };
        var swap = new Option<bool>("--swap") { Description = "The customer is on the left channel of the WAV file." };
        var command = new Command("replay", "Plays a call against a gateway; prints what a rep would see, and where the time went. Ctrl-C ends the call and still prints that.")
        {
            file, url, speed, brief, speaker, swap, CliCommand.Json(),
        };
        command.Does(async (parsed, screen, stop) =>
        {
            var path = parsed.GetRequiredValue(file);
            var pace = parsed.GetValue(speed);
            var fields = parsed.GetValue(brief) ?? [];
            Task<int> Run(CallBrief known, IPlayback playback) =>
                new ReplayRun(parsed.GetRequiredValue(url), BriefFields.Put(known, fields), playback, pace, screen).Run(stop);

            if (!WavFile.Is(path))
            {
                Refuse(parsed.GetValue(speaker) is not null || parsed.GetValue(swap), "--speaker and --swap are for WAV files; a written call says who speaks.");
                var call = RecordedCall.Read(path);
                return await Run(call.Brief, new ReplayPlayer(CallScript.Of(call.Turns, "replay"), pace, TimeProvider.System));
            }

            using var wav = WavFile.Open(path);
            if (wav.MissingSeconds > 0)
            {
                screen.Line($"[yellow]cut off[/]  {path} ends {wav.MissingSeconds:F1} s before the length it names; what is there is played.");
            }

            return await Run(CallBrief.Empty, new VoicePlayer(wav, SpeakersOf(wav, parsed.GetValue(speaker), parsed.GetValue(swap)), pace, TimeProvider.System));
        });
        return command;
    }

    static Speaker[] SpeakersOf(WavFile wav, Speaker? speaker, bool swap)
    {
        Refuse(wav.Channels == 2 && speaker is not null, "--speaker is for a WAV file with one channel; this one has two: the rep left, the customer right, or the other way round with --swap.");
        Refuse(wav.Channels == 1 && swap, "--swap is for a WAV file with two channels; say --speaker rep or --speaker customer of this one.");
        return wav.Channels == 1 ? [speaker ?? Speaker.Customer] : swap ? [Speaker.Customer, Speaker.Rep] : [Speaker.Rep, Speaker.Customer];
    }

    static void Refuse(bool wrong, string message)
    {
        if (wrong)
        {
            throw new InputException(message);
        }
    }
}
