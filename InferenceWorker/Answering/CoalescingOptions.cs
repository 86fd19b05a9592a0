using System.ComponentModel.DataAnnotations;

namespace Teleprompter.InferenceWorker.Answering;

/// <summary>
/// Level 2 against pile-up, within a call: when a newer turn replaces the answer to an older one. Section <c>Coalescing</c>.
/// </summary>
public sealed class CoalescingOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Coalescing";

    /// <summary>Answers cancelled in a row before one is let finish, 0 to 10; 2 by default.</summary>
    [Range(0, 10, ErrorMessage = "Coalescing:CancelsInARow must lie between 0 and 10.")]
    public int CancelsInARow { get; set; } = 2;

    /// <summary>Age of the oldest unanswered turn at which the running answer is let finish, 0 to 30 s; 2.5 s by default.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:30", ErrorMessage = "Coalescing:OldestWaits must lie between 00:00:00 and 00:00:30.")]
    public TimeSpan OldestWaits { get; set; } = TimeSpan.FromSeconds(2.5);

    /// <summary>
    /// Age of the oldest turn at which an answer without a first word is given up and the playbook answers, 0.5 to 30 s; 3.2 s by default.
    /// Cancelling starts the model's own time anew, the customer's patience not.
    /// </summary>
    [Range(
        typeof(TimeSpan), "00:00:00.5", "00:00:30", ErrorMessage = "Coalescing:FirstWordsWithin must lie between 00:00:00.5 and 00:00:30.")]
    public TimeSpan FirstWordsWithin { get; set; } = TimeSpan.FromSeconds(3.2);
}
