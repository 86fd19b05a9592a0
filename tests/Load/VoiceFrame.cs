using System.Globalization;
using System.Text;

namespace Teleprompter.Tests.Load;

/// <summary>A moment of a recorded voice, written as it goes over the wire except for what each call has of its own.</summary>
/// <param name="AtMs">When it begins in the recording.</param>
/// <param name="TurnAtMs">When its turn begins to be sent.</param>
/// <param name="Speaker">rep or customer.</param>
/// <param name="Pcm">Its samples.</param>
/// <param name="EndsTurn">The turn that ends with it, by its end in the recording in milliseconds; null within a turn.</param>
sealed record VoiceFrame(long AtMs, long TurnAtMs, string Speaker, byte[] Pcm, long? EndsTurn)
{
    readonly byte[] begin = Encoding.ASCII.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"type":2,"invocationId":"1","item":{"speaker":"{{Speaker}}","pcm":"{{Convert.ToBase64String(Pcm)}}","endOfSpeech":{{(EndsTurn is null ? "false" : "true")}},"gated":true,"number":"""));

    /// <summary>Writes it.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="atMs">When it begins on the call's clock.</param>
    public byte[] Record(long number, long atMs) =>
        [
            .. begin, .. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $$$"""{{{number}}},"atMs":{{{atMs}}}}}""")),
            RawSocket.Separator,
        ];
}
