namespace Teleprompter.InferenceWorker.Transcription;

/// <summary>Decides what to do next about an utterance that is not over, and after which silence.</summary>
public static class UtteranceSteps
{
    /// <summary>What to do now.</summary>
    /// <param name="silence">The silence since its voice was last heard.</param>
    /// <param name="endAgreed">The client marked its end, and a little of the silence was heard here too.</param>
    /// <param name="language">BCP 47 tag; null means English.</param>
    public static UtteranceStep Next(Utterance speech, TimeSpan silence, bool endAgreed, bool interimDue, string? language)
    {
        if (silence < Endpointing.BeforeRequest && !endAgreed)
        {
            return speech is { Credible: true, TooLong: true } ? UtteranceStep.Cut
                : interimDue ? UtteranceStep.AskInterim
                : UtteranceStep.Wait;
        }

        if (speech is { Credible: true, Covered: false })
        {
            return UtteranceStep.AskFinal;
        }

        var mayEnd = silence >= Endpointing.ShortestPause || endAgreed;
        return mayEnd && !speech.Credible ? UtteranceStep.Discard
            : mayEnd && silence >= speech.PauseAfter(language) ? UtteranceStep.Close
            : UtteranceStep.Wait;
    }

    /// <summary>The silence that brings the next step.</summary>
    /// <param name="blocked">Nothing can be asked about it now.</param>
    /// <param name="language">BCP 47 tag; null means English.</param>
    /// <returns>The silence since its voice was last heard; null while the step waits for an answer.</returns>
    public static TimeSpan? SilenceBeforeNext(Utterance speech, bool blocked, string? language)
    {
        if (speech is { Credible: true, PauseTold: false })
        {
            return Endpointing.BeforeRequest;
        }

        if (blocked)
        {
            return null;
        }

        var pause = speech.PauseAfter(language);
        return speech is { Credible: true, Covered: false } ? Endpointing.BeforeRequest
            : speech.Credible && pause > Endpointing.ShortestPause ? pause
            : Endpointing.ShortestPause;
    }
}
