namespace Teleprompter.Tests.Load;

/// <summary>The standard set, one after the other, for the table of tests/README.md.</summary>
static class DocsLoad
{
    /// <summary>Runs it, and says on standard error what each run found.</summary>
    /// <returns>The table.</returns>
    public static async Task<string> Run()
    {
        var live = Tell(await LiveLoad.Run(500, TimeSpan.FromSeconds(6), TimeSpan.FromSeconds(24)));
        var idle = Tell(await IdleLoad.Run(5000));
        var climb = Tell(await ClimbLoad.Run(500, TimeSpan.FromSeconds(6), TimeSpan.FromSeconds(7)));
        var stuck = Tell(await StuckLoad.Run(50, TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(60)));
        var felt = Tell(await FeltLoad.Run(12, TimeSpan.FromSeconds(40)));
        return LoadTable.Of(live, idle, climb, stuck, felt);
    }

    static T Tell<T>(T found)
    {
        Console.Error.WriteLine($"{found}{Environment.NewLine}");
        return found;
    }
}
