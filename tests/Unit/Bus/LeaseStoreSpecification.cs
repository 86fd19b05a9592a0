using Teleprompter.Bus;

namespace Teleprompter.Tests.Unit.Bus;

/// <summary>What every store of leases must do.</summary>
public abstract class LeaseStoreSpecification
{
    static readonly TimeSpan Length = TimeSpan.FromSeconds(15);

    protected abstract ILeaseStore Store { get; }

    protected abstract Task LetPass(TimeSpan time);

    [Test]
    public async Task A_lease_has_one_holder_until_it_is_released_by_that_holder()
    {
        Assert.That(await Store.Hold("rep", "one", Length), Is.EqualTo(["one"]));
        Assert.That(await Store.Hold("rep", "two", Length), Is.EqualTo(["one"]));
        Assert.That(await Store.Hold("other", "two", Length), Is.EqualTo(["two"]));
        await Store.Release("rep", "two");
        Assert.That(await Store.Hold("rep", "two", Length), Is.EqualTo(["one"]), "only its holder ends it");
        await Store.Release("rep", "one");
        Assert.That(await Store.Hold("rep", "two", Length), Is.EqualTo(["two"]));
    }

    [Test]
    public async Task A_lease_expires_unless_it_is_extended()
    {
        await Store.Hold("rep", "one", Length);
        await LetPass(TimeSpan.FromSeconds(10));
        await Store.Hold("rep", "one", Length);
        await LetPass(TimeSpan.FromSeconds(10));
        Assert.That(await Store.Hold("rep", "two", Length), Is.EqualTo(["one"]));
        await LetPass(TimeSpan.FromSeconds(6));
        Assert.That(await Store.Hold("rep", "two", Length), Is.EqualTo(["two"]));
    }

    [Test]
    public async Task A_lease_with_places_has_so_many_holders_and_each_ends_by_itself()
    {
        await Store.Hold("rep", "one", Length, places: 2);
        await LetPass(TimeSpan.FromSeconds(10));
        Assert.That(await Store.Hold("rep", "two", Length, places: 2), Is.EquivalentTo(["one", "two"]));
        Assert.That(await Store.Hold("rep", "three", Length, places: 2), Is.EquivalentTo(["one", "two"]), "no place is left");
        Assert.That(await Store.Hold("rep", "two", Length, places: 2), Is.EquivalentTo(["one", "two"]), "its own is extended");
        await LetPass(TimeSpan.FromSeconds(6));
        Assert.That(await Store.Hold("rep", "three", Length, places: 2), Is.EquivalentTo(["two", "three"]), "the first has ended");
        await Store.Release("rep", "two");
        Assert.That(await Store.Hold("rep", "four", Length, places: 2), Is.EquivalentTo(["three", "four"]));
    }
}
