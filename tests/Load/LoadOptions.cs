using System.Globalization;

namespace Teleprompter.Tests.Load;

/// <summary>What a run is told.</summary>
sealed record LoadOptions(string Command, int Calls, int Connections, TimeSpan TurnEvery, TimeSpan Duration, bool Json)
{
    public const string Usage = """
        Measures a gateway in a process of its own on this machine, beside the floor: a bare WebSocket on the same Kestrel.

          cards [--calls 50] [--every 2] [--seconds 20]   customer turns that the playbook answers: time until the card is on the wire
          idle  [--connections 1000]                      calls in which nobody speaks: memory and CPU

          --json                                          writes the figures as JSON
        """;

    /// <summary>Reads the command line.</summary>
    /// <returns>Null when it makes no sense.</returns>
    public static LoadOptions? Parse(string[] arguments)
    {
        var options = new LoadOptions(arguments.FirstOrDefault() ?? "", 50, 1000, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(20), Json: false);
        for (var i = 1; i < arguments.Length; i++)
        {
            var value = i + 1 < arguments.Length && double.TryParse(arguments[i + 1], CultureInfo.InvariantCulture, out var number) && number > 0 ? number : 0;
            var next = (arguments[i], value) switch
            {
                ("--json", _) => options with { Json = true },
                ("--calls", > 0) => options with { Calls = (int)value },
                ("--connections", > 0) => options with { Connections = (int)value },
                ("--every", > 0) => options with { TurnEvery = TimeSpan.FromSeconds(value) },
                ("--seconds", > 0) => options with { Duration = TimeSpan.FromSeconds(value) },
                _ => null,
            };
            if (next is null)
            {
                return null;
            }

            i += next.Json == options.Json ? 1 : 0;
            options = next;
        }

        return options;
    }
}
