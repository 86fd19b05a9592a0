namespace Teleprompter.Tests.ScriptedSpeech;

/// <summary>What goes wrong.</summary>
public enum SpeechFault
{
    None,

    /// <summary>Answers <see cref="SpeechScript.Status"/> with an error as OpenAI writes it.</summary>
    Status,

    /// <summary>The same error with status 200.</summary>
    ErrorAsSuccess,

    /// <summary>Never answers.</summary>
    Hang,

    /// <summary>Sends the beginning, then nothing more.</summary>
    Stall,

    /// <summary>Sends the beginning, then breaks the connection.</summary>
    Break,

    /// <summary>Answers without any audio.</summary>
    Empty,

    /// <summary>Sends MP3 in spite of what was asked.</summary>
    Mp3,
}
