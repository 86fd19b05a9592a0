namespace Teleprompter.Cli;

/// <summary>The gateway does not answer. The message says what to do.</summary>
sealed class GatewayUnreachableException(Uri gateway, string? why) : Exception(
    $"{gateway} cannot be reached{(why is null ? "" : $" ({why.TrimEnd('.')})")}. "
    + "Start the gateway (dotnet run --project Gateway), or name its address with --url.")
{
    /// <summary>What went wrong, where it is known.</summary>
    public string? Why => why;
}
