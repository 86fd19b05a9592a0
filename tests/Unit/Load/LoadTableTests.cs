using Teleprompter.Tests.Load;

namespace Teleprompter.Tests.Unit.Load;

/// <summary>The README's figures are those of a run.</summary>
[TestFixture]
public class LoadTableTests
{
    static readonly RunUse Use = new(
        new ProcessUse(41, 5),
        new ProcessUse(25, 4),
        new ProcessUse(13, 3),
        GcPausePercent: 1,
        Gcs: 9,
        FullGcs: 1,
        PoolThreads: 7,
        new MachineUse(21, 0.3, 2));
    static readonly LiveReport Live = new(500, 6, 24, 3, P99(18), P99(3.5), 4.9, 85, 126_000, 1980, 2, 79_200, 79_000, 50, Use);
    static readonly IdleReport Idle = new(5000, 32_000, 17_000, 23, Use.Machine);
    static readonly ClimbReport Climb = new(6, 8, [new(500, P99(18), Use), new(625, P99(31), Use), new(625, P99(40), Use)]);
    static readonly StuckReport Stuck = new(50, 0.5, 60, [new(0, 0, P99(10), Use), new(1, 1, P99(11), Use), new(10, 10, P99(11.9), Use)]);
    static readonly FeltReport Felt = new(12, 40, P99(620), P99(980), 0.98, 0.1, 1.4, Use.Machine);

    [Test]
    public void Each_figure_stands_in_the_table()
    {
        var table = LoadTable.Of(Live, Idle, Climb, Stuck, Felt);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(table, Does.Contain("p99 18.0 ms"));
            Assert.That(table, Does.Contain("79200 tokens generated, 79000 shown, 250 wasted"));
            Assert.That(table, Does.Contain("126 kB"));
            Assert.That(table, Does.Contain("| ≤ 30 kB | 15 kB;"));
            Assert.That(table, Does.Contain("500 hold; at 625 p99 is 40 ms"));
            Assert.That(table, Does.Contain("1.10 ×, 1.19 × of 10.0 ms"));
            Assert.That(
                table,
                Does.Contain("p50 2 ms, p99 620 ms, 98 % within 850 ms").And.Contain("1.40 model calls and 0.10 suggestions taken back"));
            Assert.That(table.Split('\n').Where(line => line.StartsWith('|')).Select(row => row.Split('|').Length), Is.All.EqualTo(5));
        }
    }

    [Test]
    public void A_new_table_takes_the_place_of_the_old_one_and_leaves_the_rest() => Assert.That(
        LoadTable.Into("before\n<!-- load:begin -->\nold\n<!-- load:end -->\nafter\n", "new\r\n"),
        Is.EqualTo("before\n<!-- load:begin -->\nnew\n<!-- load:end -->\nafter\n"));

    [Test]
    public void A_document_without_a_place_for_the_table_is_refused_with_what_to_add() => Assert.That(
        () => LoadTable.Into("no place", "new"),
        Throws.InvalidOperationException.With.Message.Contains("<!-- load:begin -->"));

    [Test]
    public void A_climb_that_never_reached_the_limit_names_nothing_that_gave_way()
    {
        var climb = new ClimbReport(6, 8, [new(500, P99(18), Use)]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(climb.Calls, Is.EqualTo(500));
            Assert.That(climb.Reached, Is.False);
            Assert.That(climb.GivesWay, Is.EqualTo("nothing yet"));
        }
    }

    [TestCase(80, 10, 10, 0, "the processors")]
    [TestCase(41, 25, 13, 6, "garbage collection")]
    [TestCase(41, 25, 13, 0, "neither processors nor garbage collection")]
    public void What_gives_way_first_is_told_from_the_last_step(double gateway, double model, double client, double gc, string gaveWay)
    {
        var use = Use with
        {
            Gateway = new ProcessUse(gateway * 2, 5),
            Model = new ProcessUse(model, 4),
            Client = new ProcessUse(client, 3),
            GcPausePercent = gc,
        };

        Assert.That(new ClimbReport(6, 8, [new(625, P99(31), use)]).GivesWay, Is.EqualTo(gaveWay));
    }

    static LatencyReport P99(double ms) => new(2, 4, ms, ms * 2, ms * 3, 1980, 0);
}
