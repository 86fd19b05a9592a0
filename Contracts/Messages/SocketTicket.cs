namespace Teleprompter.Contracts;

/// <summary>What lets one socket in, of <c>POST /sign-in/ticket</c>.</summary>
/// <param name="Ticket">To be sent within 30 seconds as the socket's access token, once.</param>
/// <param name="ExpiresInMs">When the sign-in behind it ends, in milliseconds from now; null for never.</param>
public sealed record SocketTicket(string Ticket, double? ExpiresInMs);
