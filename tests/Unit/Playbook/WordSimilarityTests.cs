using Teleprompter.InferenceWorker.Playbook;

namespace Teleprompter.Tests.Unit.Playbook;

public sealed class WordSimilarityTests
{
    [TestCase("how much is it")]
    [TestCase("no no no")]
    [TestCase("price")]
    public void A_text_is_wholly_similar_to_itself(string text) => Assert.That(Similarity(text, text), Is.EqualTo(1).Within(1e-5));

    [Test]
    public void The_same_words_in_another_order_share_their_words_and_none_of_their_pairs() =>
        Assert.That(Similarity("first second third", "third second first"), Is.EqualTo(0.4).Within(1e-5));

    [Test]
    public void Where_a_text_begins_and_ends_counts_as_a_pair()
    {
        var begins = Similarity("alone it stands", "alone we go");
        Assert.That(begins, Is.GreaterThan(Similarity("alone it stands", "we go alone there")));
        Assert.That(Similarity("it stands alone", "we go alone"), Is.EqualTo(begins).Within(1e-5));
    }

    [Test]
    public void A_word_said_twice_weighs_more_than_one_said_once() => Assert.That(
        Similarity("price", "price price seats"), Is.GreaterThan(Similarity("price", "price seats seats")));

    [Test]
    public void Unfamiliar_words_make_a_text_less_similar() => Assert.That(
        Similarity("how much is it", "how much is it by the sea"), Is.InRange(0.01, 0.9));

    [Test]
    public void Other_words_are_not_similar() => Assert.That(Similarity("how much is it", "where are we"), Is.Zero);

    // By words alone, one close example is favoured by the power of 1.5.
    static double Similarity(string example, string text) => Math.Pow(
        PlaybookEdition.Create([new("card", "Card", [example], "", null, null)], []).Closest(text)[0].Similarity, 1 / 1.5);
}
