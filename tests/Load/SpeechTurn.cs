namespace Teleprompter.Tests.Load;

/// <summary>A turn of the rep that a buyer answered aloud. Times in milliseconds on the machine's monotonic clock.</summary>
/// <param name="Number">Stands in the rep's words, and so in the model's prompt.</param>
/// <param name="SaidMs">When the rep's last word was sent.</param>
sealed record SpeechTurn(long Number, double SaidMs)
{
    /// <summary>When the first sound came; null where none did.</summary>
    public double? HeardMs { get; set; }

    /// <summary>When the rep talked over it.</summary>
    public double? StoppedMs { get; set; }
}
