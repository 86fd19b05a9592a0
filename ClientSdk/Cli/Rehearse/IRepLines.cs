using Teleprompter.ClientSdk;

namespace Teleprompter.Cli.Rehearse;

/// <summary>What the rep says in a rehearsal.</summary>
interface IRepLines
{
    /// <summary>Says all of it.</summary>
    /// <param name="buyer">Tells when the buyer has spoken.</param>
    /// <returns>When there is nothing more to say.</returns>
    Task Say(CallClient client, BuyerTurns buyer, CancellationToken stop);
}
