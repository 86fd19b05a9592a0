namespace Teleprompter.Gateway.Hosting;

/// <summary>The origin of a page (RFC 6454): scheme, host and port.</summary>
static class Origin
{
    /// <summary>Whether two texts name the same origin: case, a slash at the end and the scheme's own port make no difference.</summary>
    public static bool Same(string one, string other) =>
        Uri.TryCreate(one, UriKind.Absolute, out var a)
        && Uri.TryCreate(other, UriKind.Absolute, out var b)
        && Uri.Compare(a, b, UriComponents.SchemeAndServer, UriFormat.UriEscaped, StringComparison.OrdinalIgnoreCase) == 0;

    /// <summary>Whether a text is an origin and nothing more.</summary>
    public static bool Is(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var origin)
        && origin is { Host.Length: > 0, PathAndQuery: "" or "/", Fragment: "", UserInfo: "" };
}
