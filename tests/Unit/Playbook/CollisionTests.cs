using Teleprompter.InferenceWorker.Playbook;

namespace Teleprompter.Tests.Unit.Playbook;

public sealed class CollisionTests
{
    static readonly PlaybookEdition Edition = PlaybookEdition.Create(
        [
            new("discount", "Discount", ["can you give us a discount", "is there room to negotiate", "a rebate"], "", null, null),
            new("price", "Price", ["could you give us a discount please", "that is too expensive", "it costs a lot"], "", null, null),
        ],
        ["how was your weekend"]).WithMeaning(ShippedPlaybook.Vectors, out _);

    [Test]
    public void Examples_of_two_cards_that_say_the_same_are_named_once()
    {
        var collision = Edition.Collisions().Single();
        Assert.That(
            new[] { collision.One.Example, collision.Other.Example },
            Is.EquivalentTo(["can you give us a discount", "could you give us a discount please"]));
        Assert.That(collision.One.CardId, Is.Not.EqualTo(collision.Other.CardId));
    }

    [Test]
    public void A_text_has_a_closest_example_in_each_card_and_in_small_talk()
    {
        var closest = Edition.Closest("that's pretty expensive");
        Assert.That(closest.Select(example => example.CardId), Is.EquivalentTo(["price", "discount", null]));
        Assert.That(closest[0].Example, Is.EqualTo("that is too expensive"));
        Assert.That(Edition.Closest("?!"), Is.Empty);
    }
}
