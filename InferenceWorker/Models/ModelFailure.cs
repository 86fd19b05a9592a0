namespace Teleprompter.InferenceWorker.Models;

/// <summary>Why a model gave no (whole) answer.</summary>
public enum ModelFailure
{
    /// <summary>No text within <see cref="ModelOptions.FirstTokenTimeout"/>.</summary>
    FirstTokenTimeout,

    /// <summary>No more text within <see cref="ModelOptions.TokenTimeout"/>.</summary>
    Stalled,

    /// <summary>Not finished within <see cref="ModelOptions.TotalTimeout"/>.</summary>
    TotalTimeout,

    /// <summary>HTTP 429: too many requests or tokens.</summary>
    RateLimited,

    /// <summary>Another 4xx, or the provider's content filter.</summary>
    Refused,

    /// <summary>HTTP 5xx.</summary>
    ServerError,

    /// <summary>It stopped without a word to say: its tokens went into reasoning, or it called a tool.</summary>
    NoWords,

    /// <summary>Not reachable, cut off, or not the protocol.</summary>
    BrokenStream,

    /// <summary>Not asked: it failed too often just now.</summary>
    CircuitOpen,

    /// <summary>Not asked: operations switched it off, or none is configured.</summary>
    SwitchedOff,
}
