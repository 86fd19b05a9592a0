using Teleprompter.Bus;
using Teleprompter.Contracts;

namespace Teleprompter.Tests.Unit.Bus;

/// <summary>What holds for the audit trail, wherever it is kept.</summary>
[CancelAfter(30_000)]
public abstract class AuditTrailSpecification
{
    /// <summary>A trail that keeps three entries for a year.</summary>
    protected abstract IAuditTrail Trail { get; }

    [Test]
    public async Task Entries_are_read_newest_first_and_those_that_are_wanted(CancellationToken cancellationToken)
    {
        await Trail.Append(Entry("c1", "ann"), cancellationToken);
        await Trail.Append(Entry("c2", "bob"), cancellationToken);
        await Trail.Append(Entry("c3", "ann"), cancellationToken);

        Assert.That(await Calls(_ => true, 10, cancellationToken), Is.EqualTo((string[])["c3", "c2", "c1"]));
        Assert.That(await Calls(entry => entry.By == "ann", 10, cancellationToken), Is.EqualTo((string[])["c3", "c1"]));
        Assert.That(await Calls(_ => true, 1, cancellationToken), Is.EqualTo((string[])["c3"]));
    }

    [Test]
    public async Task An_entry_is_read_as_it_was_written(CancellationToken cancellationToken)
    {
        var entry = Entry("c1", null) with { ByName = "Ann \"Rep\"", Team = "north", Person = "sue" };

        await Trail.Append(entry, cancellationToken);

        Assert.That(await Trail.Read(_ => true, 1, cancellationToken), Is.EqualTo((AuditEntry[])[entry]));
    }

    [Test]
    public async Task The_oldest_entries_make_room(CancellationToken cancellationToken)
    {
        for (var i = 1; i <= 5; i++)
        {
            await Trail.Append(Entry($"c{i}", "ann"), cancellationToken);
        }

        Assert.That(await Calls(_ => true, 10, cancellationToken), Is.EqualTo((string[])["c5", "c4", "c3"]));
    }

    protected static AuditEntry Entry(string callId, string? by) =>
        new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), AuditAction.Watched, by, null, callId, null, null);

    async Task<string?[]> Calls(Func<AuditEntry, bool> which, int count, CancellationToken cancellationToken) =>
        [.. (await Trail.Read(which, count, cancellationToken)).Select(entry => entry.CallId)];
}
