using Teleprompter.ClientSdk;
using Teleprompter.Contracts;

namespace Teleprompter.Cli.Replay;

/// <summary>A call as it was written down.</summary>
/// <param name="Brief">What the rep knew before it.</param>
/// <param name="Turns">What was said.</param>
sealed record RecordedCall(CallBrief Brief, IReadOnlyList<CallTurn> Turns)
{
    /// <summary>Reads a call: JSON where the file begins with <c>{</c>, else lines.</summary>
    /// <param name="file">The file.</param>
    /// <exception cref="InputException">The file cannot be read, or is no call.</exception>
    public static RecordedCall Read(string file)
    {
        string text;
        try
        {
            text = File.ReadAllText(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{file} cannot be read: {error.Message}");
        }

        var call = text.TrimStart().StartsWith('{') ? JsonCall.Parse(file, text) : PlainCall.Parse(file, text);
        return call.Turns.Count > 0 ? call : throw InputException.At(file, 1, "Nobody says anything. Write lines such as 'customer: How much is it?'.");
    }
}
