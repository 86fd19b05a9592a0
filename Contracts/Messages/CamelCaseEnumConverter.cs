using System.Text.Json;
using System.Text.Json.Serialization;

namespace Teleprompter.Contracts;

/// <summary>
/// Writes an enum as its camelCase name and reads nothing else: a number on the wire would change meaning when a member is added.
/// </summary>
/// <typeparam name="T">The enum.</typeparam>
public sealed class CamelCaseEnumConverter<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where T : struct, Enum;
