using System.Text.Json.Serialization;

namespace Teleprompter.Contracts;

/// <summary>Names a call and proves that it is the caller's.</summary>
/// <param name="CallId">The id that <see cref="StartCallReply"/> gave.</param>
/// <param name="ResumeToken">The secret that <see cref="StartCallReply"/> gave.</param>
/// <param name="LastNumber">The number of the last event the client handled, 0 when none; numbering goes on from it.</param>
/// <param name="AtMs">
/// When the client made this attempt, by its copy of the call's clock, in milliseconds: a gateway that comes to it up to 30 seconds late
/// then takes no call from a newer connection. Absent: when it was accepted.
/// </param>
public sealed record ResumeRequest(
    string? CallId, string? ResumeToken, long LastNumber = 0, [property: JsonConverter(typeof(WholeMilliseconds))] long? AtMs = null);
