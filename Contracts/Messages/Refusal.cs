namespace Teleprompter.Contracts;

/// <summary>
/// Why the gateway did not take a message. On the wire it is the text of SignalR's error, which starts with <see cref="RetryToken"/> where
/// the reason will pass, and with <see cref="ConsentToken"/> where consent is missing.
/// </summary>
/// <param name="Message">What is wrong and what to do, in plain words.</param>
/// <param name="MayRetry">The message is well; the same one may be sent again a little later.</param>
/// <param name="NeedsConsent">It is taken once consent is recorded.</param>
public sealed record Refusal(string Message, bool MayRetry, bool NeedsConsent = false)
{
    /// <summary>What the text of a refusal starts with when the same message may be sent again.</summary>
    public const string RetryToken = "retry: ";

    /// <summary>What the text of a refusal starts with when consent must be recorded first.</summary>
    public const string ConsentToken = "consent: ";

    const string Preamble = "HubException: ";

    /// <summary>The text that goes on the wire.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => MayRetry ? RetryToken + Message : NeedsConsent ? ConsentToken + Message : Message;

    /// <summary>Reads SignalR's error, with or without the words that it puts before the gateway's own.</summary>
    /// <param name="error">The error's text.</param>
    /// <returns>The refusal.</returns>
    public static Refusal Read(string error)
    {
        var at = error.IndexOf(Preamble, StringComparison.Ordinal);
        var words = at < 0 ? error : error[(at + Preamble.Length)..];
        return words.StartsWith(RetryToken, StringComparison.Ordinal) ? new Refusal(words[RetryToken.Length..], MayRetry: true)
            : words.StartsWith(ConsentToken, StringComparison.Ordinal)
                ? new Refusal(words[ConsentToken.Length..], MayRetry: false, NeedsConsent: true)
            : new Refusal(words, MayRetry: false);
    }
}
