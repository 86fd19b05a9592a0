using System.ComponentModel.DataAnnotations;
using Teleprompter.Contracts;

namespace Teleprompter.Bus;

/// <summary>What holds for every call: how long and how much of it is kept, and its language. Section <c>Calls</c>.</summary>
public sealed class CallStoreOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Calls";

    /// <summary>How long it is remembered that a call was erased: longer than any worker remembers a call.</summary>
    public static readonly TimeSpan ErasedFor = TimeSpan.FromDays(8);

    /// <summary>How long a call is kept after the last thing that happened to it, 1 minute to 30 days; 30 minutes by default.</summary>
    [Range(
        typeof(TimeSpan), "00:01:00", "30.00:00:00",
        ErrorMessage = "Calls:Retention must lie between 00:01:00 (one minute) and 30.00:00:00 (30 days).")]
    public TimeSpan Retention { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>What a call may hold, in bytes of its entries' JSON: 64 KiB to 64 MiB, 4 MiB by default.</summary>
    [Range(64 * 1024, 64 * 1024 * 1024, ErrorMessage = "Calls:MaxBytes must lie between 65536 and 67108864.")]
    public int MaxBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>The language of calls whose client names none: a BCP 47 tag, or <c>auto</c>; <c>en</c> by default.</summary>
    [RegularExpression(
        StartCallRequest.LanguageTag, ErrorMessage = "Calls:Language must be a language tag such as \"en\" or \"pt-BR\", or \"auto\".")]
    public string Language { get; set; } = "en";
}
