using System.Diagnostics;
using Teleprompter.Cli.Rehearse;
using Teleprompter.ClientSdk;
using Teleprompter.Contracts;

namespace Teleprompter.Cli.Check;

/// <summary>Begins a rehearsal and listens for the buyer's first sound, as a rep's side panel would.</summary>
static class SpeechCheck
{
    /// <summary>Longer than a speech server may take for its first sound (10 s).</summary>
    static readonly TimeSpan HeardWithin = TimeSpan.FromSeconds(15);

    static readonly TimeSpan EndsWithin = TimeSpan.FromSeconds(5);

    public static async Task<CheckStep> Run(CallClientOptions gateway, CancellationToken stop)
    {
        try
        {
            return await KnownPersonas.Of(gateway, stop) is [{ PersonaId: var persona }, ..]
                ? await Listen(gateway, persona, stop)
                : Step(ok: true, null, "Nobody rehearses here: Rehearsals:AtMost is 0, or there are no personas.");
        }
        catch (GatewayUnreachableException refused)
        {
            return Step(ok: false, null, $"No rehearsal could begin: {refused.Why ?? refused.Message}");
        }
    }

    static async Task<CheckStep> Listen(CallClientOptions gateway, string persona, CancellationToken stop)
    {
        var started = Stopwatch.GetTimestamp();
        double? soundMs = null;
        using var heard = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var rehearsal = gateway with
        {
            Rehearsal = new RehearsalRequest(persona, TestMe: true) { Voice = true },
            Speech = frame =>
            {
                if (frame.Pcm.Length > 0 && soundMs is null)
                {
                    soundMs = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
                    heard.Cancel();
                }
            },
        };
        IAsyncEnumerable<CallEvent>? events = null;
        await using var client = await GatewayCall.Open(rehearsal, _ => { }, opening => events = opening.Events(stop), stop);
        heard.CancelAfter(HeardWithin);
        try
        {
            // Words that are final before any sound came are text.
            await foreach (var callEvent in events!.WithCancellation(heard.Token))
            {
                if (callEvent is TranscriptUpdated { Speaker: Speaker.Customer, Final: true })
                {
                    break;
                }
            }
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
        }

        var aloud = client.View.Rehearsal?.Voice;
        await client.EndCall().WaitAsync(EndsWithin, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return (aloud, soundMs) switch
        {
            (_, not null) => Step(ok: true, soundMs, "It answers with sound."),
            (null, _) => Step(ok: false, null, "No buyer came to the rehearsal. Look at the worker's log."),
            (false, _) => Step(ok: true, null, "None is configured; in rehearsals the browser's own voices speak."),
            _ => Step(
                ok: false, null,
                "It gives no sound. The worker's log says what its server said, once an hour. "
                + "Look at Speech:Endpoint, Speech:Model, Speech:Voice, Speech:ApiKey."),
        };
    }

    static CheckStep Step(bool ok, double? ms, string note) => new("speech", ok, ms, note);
}
