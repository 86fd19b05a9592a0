using System.Text.Json;
using Teleprompter.Bus;
using Teleprompter.Contracts;

namespace Teleprompter.Tests.Unit.Bus;

/// <summary>What every call store promises. Each implementation inherits it.</summary>
[CancelAfter(10_000)]
public abstract class CallStoreSpecification
{
    static readonly CallBrief Brief = new(RepName: "Sam", Company: "Northwind");

    protected abstract ICallStore Store { get; }

    /// <summary>The store under a cap of 64 KiB a call.</summary>
    protected abstract ICallStore SmallStore { get; }

    /// <summary>Lets a call's time to live pass.</summary>
    protected abstract Task Wait(TimeSpan time);

    [Test]
    public async Task What_was_appended_is_read_in_order(CancellationToken cancellationToken)
    {
        var (callId, epoch) = await OwnedCall(cancellationToken);
        CallInput[] entries =
        [
            Final("1"), new BriefChanged(Brief), Final("2"), new PauseSet(Paused: true), new SpeakersSwapped(Swapped: true),
        ];
        foreach (var entry in entries)
        {
            Assert.That(await Store.Append(callId, epoch, entry, cancellationToken), Is.EqualTo(AppendResult.Kept));
        }

        var stored = await Store.Read(callId, cancellationToken);

        Assert.That(stored!.Record, Is.EqualTo(Record(callId)));
        Assert.That(stored.Entries, Is.EqualTo(entries));
    }

    [Test]
    public async Task What_a_call_came_to_is_kept_with_it_and_as_long_as_it(CancellationToken cancellationToken)
    {
        var (callId, epoch) = await OwnedCall(cancellationToken);
        CallInput[] entries =
        [
            new CardCameUp(new CardView("price", "c-1", "The price", "Compared with what?", null, null, "v"), 1000),
            new SayingHeard("s-1", 2000),
            new CallClosed(),
            new CallSummed(new CallSummary(["A quote."], [], [], ["Friday."], SummarySource.Model), Pending: false),
        ];
        foreach (var entry in entries)
        {
            await Store.Append(callId, epoch, entry, cancellationToken);
        }

        var stored = await Store.Read(callId, cancellationToken);
        Assert.That(
            stored!.Entries.Select(entry => JsonSerializer.Serialize(entry, BusJson.Default.CallInput)),
            Is.EqualTo(entries.Select(entry => JsonSerializer.Serialize(entry, BusJson.Default.CallInput))));

        await Wait(TimeSpan.FromMinutes(30));
        Assert.That(await Store.Read(callId, cancellationToken), Is.Null);
    }

    [Test]
    public async Task An_unknown_call_has_no_owner_no_entries_and_takes_none(CancellationToken cancellationToken)
    {
        Assert.That(await Store.Read("nobody", cancellationToken), Is.Null);
        Assert.That(await Store.Claim("nobody", null, "w1", 0, cancellationToken), Is.Null);
        Assert.That(await Store.Append("nobody", 1, Final("1"), cancellationToken), Is.EqualTo(AppendResult.Unknown));
    }

    [Test]
    public async Task Of_two_hundred_claims_at_once_one_wins(CancellationToken cancellationToken)
    {
        var callId = await NewCall(cancellationToken);

        var claims = await Task.WhenAll(Enumerable.Range(0, 200).Select(i =>
            Task.Run(
                async () => (Worker: $"w{i}", Owner: await Store.Claim(callId, null, $"w{i}", 0, cancellationToken)), cancellationToken)));

        Assert.That(claims.Count(claim => claim.Owner!.WorkerId == claim.Worker), Is.EqualTo(1));
        Assert.That(claims.Select(claim => claim.Owner).Distinct().Count(), Is.EqualTo(1));
    }

    [Test]
    public async Task A_claim_on_the_wrong_owner_changes_nothing(CancellationToken cancellationToken)
    {
        var (callId, epoch) = await OwnedCall(cancellationToken);

        var claim = await Store.Claim(callId, "somebody else", "w2", 0, cancellationToken);

        Assert.That(claim, Is.EqualTo(new CallOwnership("w1", epoch)));
    }

    [Test]
    public async Task The_epoch_rises_with_every_change_of_owner_and_over_what_the_caller_has_seen(CancellationToken cancellationToken)
    {
        var (callId, first) = await OwnedCall(cancellationToken);

        var second = await Store.Claim(callId, "w1", "w2", 0, cancellationToken);
        var third = await Store.Claim(callId, "w2", "w1", second!.Epoch + 1_000_000_000_000, cancellationToken);

        Assert.That(second.Epoch, Is.GreaterThan(first));
        Assert.That(third!.Epoch, Is.EqualTo(second.Epoch + 1_000_000_000_001));
    }

    [Test]
    public async Task An_older_epoch_may_not_write(CancellationToken cancellationToken)
    {
        var (callId, old) = await OwnedCall(cancellationToken);
        await Store.Claim(callId, "w1", "w2", old, cancellationToken);

        Assert.That(await Store.Append(callId, old, Final("1"), cancellationToken), Is.EqualTo(AppendResult.Fenced));
        Assert.That((await Store.Read(callId, cancellationToken))!.Entries, Is.Empty);
    }

    [Test]
    public async Task A_call_over_its_cap_takes_no_more_and_keeps_what_it_has(CancellationToken cancellationToken)
    {
        await SmallStore.Open(Record("small"), cancellationToken);
        var owner = await SmallStore.Claim("small", null, "w1", 0, cancellationToken);
        var kept = 0;
        while (
            await SmallStore.Append("small", owner!.Epoch, Final($"{kept}", new string('x', 2000)), cancellationToken) == AppendResult.Kept)
        {
            kept++;
        }

        Assert.That(kept, Is.InRange(25, 33));
        Assert.That(
            await SmallStore.Append("small", owner.Epoch, Final("more", new string('x', 2000)), cancellationToken),
            Is.EqualTo(AppendResult.Full));
        Assert.That((await SmallStore.Read("small", cancellationToken))!.Entries, Has.Count.EqualTo(kept));
    }

    [Test]
    public async Task A_call_is_forgotten_when_its_time_is_over(CancellationToken cancellationToken)
    {
        var (callId, epoch) = await OwnedCall(cancellationToken);
        await Store.Expire(callId, TimeSpan.FromSeconds(2), cancellationToken);

        await Wait(TimeSpan.FromSeconds(2.1));

        Assert.That(await Store.Read(callId, cancellationToken), Is.Null);
        Assert.That(await Store.Append(callId, epoch, Final("1"), cancellationToken), Is.EqualTo(AppendResult.Unknown));
    }

    [Test]
    public async Task An_erased_call_is_gone_and_nobody_brings_it_back(CancellationToken cancellationToken)
    {
        var (callId, epoch) = await OwnedCall(cancellationToken);
        await Store.Append(callId, epoch, Final("1"), cancellationToken);
        var memory = await Store.Read(callId, cancellationToken);

        await Store.Erase(callId, "sam@example.com", cancellationToken);

        Assert.That(await Store.Read(callId, cancellationToken), Is.Null);
        Assert.That(await Store.Append(callId, epoch, Final("2"), cancellationToken), Is.EqualTo(AppendResult.Erased));
        Assert.That(await Store.Claim(callId, "w1", "w2", epoch, cancellationToken), Is.Null);
        Assert.That(await Store.Restore(memory!, cancellationToken), Is.False);
        Assert.That(await Store.Read(callId, cancellationToken), Is.Null);
    }

    [Test]
    public async Task Appending_renews_the_time(CancellationToken cancellationToken)
    {
        var (callId, epoch) = await OwnedCall(cancellationToken);
        await Store.Expire(callId, TimeSpan.FromSeconds(2), cancellationToken);
        await Store.Append(callId, epoch, Final("1"), cancellationToken);

        await Wait(TimeSpan.FromSeconds(2.1));

        Assert.That(await Store.Read(callId, cancellationToken), Is.Not.Null);
    }

    [Test]
    public async Task A_lost_call_is_put_back_whole_and_stays_fenced(CancellationToken cancellationToken)
    {
        var (callId, old) = await OwnedCall(cancellationToken);
        var owner = await Store.Claim(callId, "w1", "w2", old, cancellationToken);
        await Store.Append(callId, owner!.Epoch, Final("1"), cancellationToken);
        await Store.Append(callId, owner.Epoch, new PauseSet(Paused: true), cancellationToken);
        var memory = await Store.Read(callId, cancellationToken);
        await Store.Expire(callId, TimeSpan.Zero, cancellationToken);
        Assert.That(await Store.Append(callId, owner.Epoch, Final("2"), cancellationToken), Is.EqualTo(AppendResult.Unknown));

        Assert.That(await Store.Restore(memory!, cancellationToken), Is.True);

        var stored = await Store.Read(callId, cancellationToken);
        Assert.That(stored!.Record, Is.EqualTo(memory!.Record));
        Assert.That(stored.Ownership, Is.EqualTo(new CallOwnership("", owner.Epoch)));
        Assert.That(stored.Entries, Is.EqualTo(memory.Entries));
        Assert.That(await Store.Append(callId, old, Final("3"), cancellationToken), Is.EqualTo(AppendResult.Fenced));
        Assert.That(await Store.Append(callId, owner.Epoch, Final("3"), cancellationToken), Is.EqualTo(AppendResult.Kept));
    }

    [Test]
    public async Task Who_puts_a_call_back_may_go_on_but_whoever_comes_next_claims_it_anew(CancellationToken cancellationToken)
    {
        // A worker may put back what it owned before the last owner: nobody may then be shown what is older than what was shown before.
        await Store.Restore(new StoredCall(Record("zombie"), new CallOwnership("w1", 5), []), cancellationToken);

        Assert.That(await Store.Claim("zombie", "w1", "w2", 5, cancellationToken), Is.EqualTo(new CallOwnership("", 5)), "nobody's");
        Assert.That(await Store.Append("zombie", 5, Final("1"), cancellationToken), Is.EqualTo(AppendResult.Kept));
        var claimed = await Store.Claim("zombie", "", "w1", 5, cancellationToken);
        Assert.That(claimed!.WorkerId, Is.EqualTo("w1"));
        Assert.That(claimed.Epoch, Is.GreaterThan(1_000_000), "the store's time, as ever");
    }

    [Test]
    public async Task A_call_that_nobody_owned_is_put_back_without_an_owner(CancellationToken cancellationToken)
    {
        await Store.Restore(new StoredCall(Record("unowned"), Ownership: null, []), cancellationToken);

        Assert.That((await Store.Read("unowned", cancellationToken))!.Ownership, Is.Null);
        Assert.That((await Store.Claim("unowned", null, "w1", 0, cancellationToken))!.WorkerId, Is.EqualTo("w1"));
    }

    [Test]
    public async Task What_an_older_owner_put_back_stays_but_the_newer_one_owns_it(CancellationToken cancellationToken)
    {
        var (callId, epoch) = await OwnedCall(cancellationToken);
        await Store.Append(callId, epoch, Final("1"), cancellationToken);

        Assert.That(
            await Store.Restore(new StoredCall(Record(callId), new CallOwnership("w2", epoch + 1), []), cancellationToken), Is.False);

        var stored = await Store.Read(callId, cancellationToken);
        Assert.That(stored!.Ownership, Is.EqualTo(new CallOwnership("", epoch + 1)));
        Assert.That(stored.Entries, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_kept_call_is_not_replaced_by_what_an_older_owner_puts_back(CancellationToken cancellationToken)
    {
        var (callId, epoch) = await OwnedCall(cancellationToken);
        await Store.Append(callId, epoch, Final("1"), cancellationToken);

        Assert.That(
            await Store.Restore(new StoredCall(Record(callId), new CallOwnership("w0", epoch - 1), []), cancellationToken), Is.False);

        var stored = await Store.Read(callId, cancellationToken);
        Assert.That(stored!.Ownership, Is.EqualTo(new CallOwnership("w1", epoch)));
        Assert.That(stored.Entries, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task What_is_put_back_counts_towards_the_cap(CancellationToken cancellationToken)
    {
        var entries = Enumerable.Range(1, 31).Select(i => Final($"{i}", new string('x', 2000))).ToArray();
        await SmallStore.Restore(new StoredCall(Record("put back"), new CallOwnership("w1", 1), entries), cancellationToken);

        Assert.That(
            await SmallStore.Append("put back", 1, Final("more", new string('x', 3000)), cancellationToken), Is.EqualTo(AppendResult.Full));
    }

    static SegmentHeard Final(string segmentId, string text = "How much is it?") =>
        new(new TranscriptSegment(segmentId, Speaker.Customer, text, Final: true));

    static CallRecord Record(string callId) =>
        new(callId, "hash", "sam@example.com", new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), Brief, "en");

    async Task<string> NewCall(CancellationToken cancellationToken)
    {
        var callId = Guid.NewGuid().ToString("N");
        await Store.Open(Record(callId), cancellationToken);
        return callId;
    }

    async Task<(string CallId, long Epoch)> OwnedCall(CancellationToken cancellationToken)
    {
        var callId = await NewCall(cancellationToken);
        var owner = await Store.Claim(callId, null, "w1", 0, cancellationToken);
        return (callId, owner!.Epoch);
    }
}
