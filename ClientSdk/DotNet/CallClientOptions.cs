using Teleprompter.Contracts;

namespace Teleprompter.ClientSdk;

/// <summary>How a <see cref="CallClient"/> reaches and starts its call.</summary>
/// <param name="Gateway">
/// The gateway's address, for example <c>http://localhost:5080</c> or, under a path of its own, <c>https://tools.example/teleprompter</c>.
/// </param>
public sealed record CallClientOptions(Uri Gateway)
{
    /// <summary>What is known of the customer.</summary>
    public CallBrief? Brief { get; init; }

    /// <summary>
    /// BCP 47 tag of the spoken language, or <c>auto</c>, which leaves it to the transcriber; the gateway's default when absent.
    /// </summary>
    public string? Language { get; init; }

    /// <summary>The consent to record with the call, where it was given before; see <see cref="CallClient.RecordConsent"/>.</summary>
    public Consent? Consent { get; init; }

    /// <summary>Makes the call a rehearsal: its customer is a buyer whose words come from the gateway. Null for a call.</summary>
    public RehearsalRequest? Rehearsal { get; init; }

    /// <summary>
    /// Takes the voice of a rehearsal's buyer, moment by moment, where <see cref="RehearsalRequest.Voice"/> asks for it: play it, and tell
    /// <see cref="CallClient.ReportSpeech"/> how far. Called from the client's own threads; must not throw or wait.
    /// </summary>
    public Action<SpeechFrame>? Speech { get; init; }

    /// <summary>A call to take up again; a new one starts where that is not possible.</summary>
    public CallTicket? Ticket { get; init; }

    /// <summary>
    /// Gives an access token of the company's sign-in provider, for a gateway where people sign in. Asked before every connection, and
    /// before the sign-in of the current one ends: give a new token then.
    /// </summary>
    public Func<CancellationToken, Task<string>>? AccessToken { get; init; }

    /// <summary>Sent with every opening request, for example <c>Origin</c>.</summary>
    public IReadOnlyDictionary<string, string>? Headers { get; init; }

    /// <summary>The clock of retries, turns and measures. SignalR's own keep-alive uses the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Gives numbers from 0 to 1, for the jitter.</summary>
    public Func<double> Random { get; init; } = System.Random.Shared.NextDouble;

    /// <summary>
    /// Told, in plain words, what was refused or why an attempt to connect failed. Called from the client's own threads; must not throw.
    /// </summary>
    public Action<string>? Trouble { get; init; }

    /// <summary>Told that a call could not be taken up again and a new one began in its place.</summary>
    public Action? StartedAnew { get; init; }

    /// <summary>The hub's address, below the gateway's.</summary>
    /// <summary>An address below the gateway's own.</summary>
    internal Uri At(string path) => new($"{Gateway.GetLeftPart(UriPartial.Path).TrimEnd('/')}/{path}");
}
