namespace Teleprompter.InferenceWorker.Admission;

/// <summary>How many suggestions are written at once. Slots are per worker: more workers, more load on the endpoint.</summary>
public sealed class AdmissionOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Admission";

    /// <summary>The most model streams at once, 1 to 1,000. Default 8.</summary>
    public int Slots { get; set; } = 8;

    /// <summary>The most calls pending behind them, 0 to 100; the others are held. Default 3.</summary>
    public int Pending { get; set; } = 3;

    /// <summary>How long a question may wait before its moment is gone, at most one minute. Default 8 s.</summary>
    public TimeSpan HeldFor { get; set; } = TimeSpan.FromSeconds(8);

    /// <summary>How long nothing is granted after a rate limit that names no time, at most one minute. Default 1 s.</summary>
    public TimeSpan ThrottledFor { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>After a rate limit, how long until each slot is given back, at most one minute. Default 5 s.</summary>
    public TimeSpan WidenEvery { get; set; } = TimeSpan.FromSeconds(5);
}
