using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;
using Teleprompter.Gateway.Hosting;
using Teleprompter.Gateway.Telemetry;

namespace Teleprompter.Gateway.Intake;

/// <summary>Stands before the voices: one stream a connection, and no more audio than the connection's budget, however often it opens a stream.</summary>
/// <param name="options">The limits.</param>
/// <param name="time">The clock.</param>
public sealed class AudioGate(IOptions<GatewayOptions> options, TimeProvider time)
{
    /// <summary>Lets a stream in.</summary>
    /// <param name="connection">Its connection.</param>
    /// <returns>What it may spend; disposed of when the stream ends.</returns>
    /// <exception cref="HubException">The connection has a stream already.</exception>
    public AudioBudget Enter(HubCallerContext connection)
    {
        var budget = BudgetOf(connection);
        if (!budget.TryOpen())
        {
            GatewayTelemetry.Refuse("secondAudioStream");
            throw new HubException("This connection streams audio already. Send both voices in one stream.");
        }

        return budget;
    }

    AudioBudget BudgetOf(HubCallerContext connection)
    {
        lock (connection.Items)
        {
            if (connection.Items[typeof(AudioBudget)] is not AudioBudget budget)
            {
                connection.Items[typeof(AudioBudget)] = budget = new AudioBudget(options.Value, time);
            }

            return budget;
        }
    }
}
