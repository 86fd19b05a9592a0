namespace Teleprompter.Contracts.Dashboard;

/// <summary>How full a worker is.</summary>
/// <param name="Model">Whether its model answers: unavailable while its circuit breaker is open.</param>
/// <param name="Slots">Model streams allowed at once; fewer than set after a rate limit.</param>
/// <param name="Used">Slots that calls use.</param>
/// <param name="Pending">Calls next in line.</param>
/// <param name="Held">Calls behind those.</param>
public sealed record WorkerLoad(ModelState Model, int Slots, int Used, int Pending, int Held);
