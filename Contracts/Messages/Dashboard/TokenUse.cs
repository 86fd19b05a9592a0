namespace Teleprompter.Contracts.Dashboard;

/// <summary>Tokens, estimated from the texts, to within 20 % for English.</summary>
/// <param name="In">Sent to models.</param>
/// <param name="Out">Written by models.</param>
/// <param name="CancelledIn">Of those sent: for answers that were cancelled.</param>
/// <param name="CancelledOut">Of those written: in answers that were cancelled.</param>
public sealed record TokenUse(long In, long Out, long CancelledIn, long CancelledOut)
{
    public static TokenUse operator +(TokenUse one, TokenUse other) => new(
        one.In + other.In, one.Out + other.Out, one.CancelledIn + other.CancelledIn, one.CancelledOut + other.CancelledOut);
}
