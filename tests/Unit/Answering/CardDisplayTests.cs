using Teleprompter.Bus;
using Teleprompter.Contracts;
using Teleprompter.InferenceWorker.Answering;
using Teleprompter.InferenceWorker.Memory;
using Teleprompter.InferenceWorker.Playbook;
using Teleprompter.InferenceWorker.TurnDetection;
using Teleprompter.Tests.Unit.Clock;

namespace Teleprompter.Tests.Unit.Answering;

/// <summary>When a card may take another's place under the rep's eyes.</summary>
public sealed class CardDisplayTests : ICallOutput
{
    readonly List<string> shown = [];
    ManualTimeProvider time = null!;
    CallClock clock = null!;
    Conversation conversation = null!;
    CardDisplay display = null!;

    [SetUp]
    public void Start()
    {
        shown.Clear();
        time = new ManualTimeProvider();
        clock = new CallClock(time, time.GetUtcNow());
        conversation = new Conversation(CallBrief.Empty, language: null);
        display = new CardDisplay(conversation, this, clock, new AttentionOptions { CardsPerMinute = 3 });
        time.Advance(TimeSpan.FromSeconds(100));
    }

    [Test]
    public void A_card_waits_for_the_end_of_the_sentence_that_the_rep_has_begun()
    {
        Rep("So let me", final: false, beganAgo: 1);
        display.Show(Turn("price", spokeAgo: 2));
        Assert.That(shown, Is.Empty);
        Assert.That(display.Due, Is.EqualTo(clock.Now + TimeSpan.FromSeconds(2.5)));

        Rep("So let me explain.", final: true, beganAgo: 1);
        Assert.That(display.Due, Is.EqualTo(clock.Now));
        display.Elapse();
        Assert.That(shown, Is.EqualTo(["price"]));
        Assert.That(display.Due, Is.Null);
    }

    [Test]
    public void A_customer_who_spoke_since_brings_it_at_once()
    {
        Rep("So let me", final: false, beganAgo: 3);
        display.Show(Turn("price", spokeAgo: 1));
        Assert.That(shown, Is.EqualTo(["price"]));
    }

    [Test]
    public void A_rep_who_asks_gets_it_at_once()
    {
        Rep("So let me", final: false, beganAgo: 1);
        display.Show(Turn("price", spokeAgo: 2) with { RepAsks = true });
        Assert.That(shown, Is.EqualTo(["price"]));
    }

    [Test]
    public void A_rep_who_says_nothing_more_holds_it_no_longer()
    {
        Rep("So let me", final: false, beganAgo: 1);
        display.Show(Turn("price", spokeAgo: 2));
        time.Advance(TimeSpan.FromSeconds(2.5));
        display.Elapse();
        Assert.That(shown, Is.EqualTo(["price"]));
    }

    [Test]
    public void More_changes_a_minute_than_are_set_wait_and_the_newest_replaces_the_one_that_waits()
    {
        foreach (var card in (string[])["a", "b", "c", "d", "e"])
        {
            display.Show(Turn(card, spokeAgo: 0));
            time.Advance(TimeSpan.FromSeconds(13));
            display.Elapse();
        }

        Assert.That(shown, Is.EqualTo(["a", "b", "c", "e"]), "d waited longer than its moment lasts, e came 8 seconds late");
    }

    [Test]
    public void A_card_whose_moment_has_passed_never_comes()
    {
        foreach (var card in (string[])["a", "b", "c", "d"])
        {
            display.Show(Turn(card, spokeAgo: 0));
        }

        time.Advance(Attention);
        display.Elapse();
        time.Advance(TimeSpan.FromMinutes(2));
        display.Elapse();
        Assert.That(shown, Is.EqualTo(["a", "b", "c"]));
    }

    [Test]
    public void A_customer_who_says_more_ends_the_moment()
    {
        Rep("So let me", final: false, beganAgo: 1);
        display.Show(Turn("price", spokeAgo: 2));
        display.Forget();
        Assert.That(display.Due, Is.Null);
    }

    [Test]
    public void A_card_is_filled_with_the_brief_that_counts_now_and_belongs_to_the_turn_that_brings_it()
    {
        var turn = Turn("price", spokeAgo: 0);
        var later = turn with { Turn = turn.Turn with { Id = "later" } };
        Assert.That(display.Of([turn]).Single() is { TurnId: "t-price", Text: "Say this to your team." });
        Assert.That(display.Of([later]).Single() is { TurnId: "later", Text: "Say this to your team." });

        conversation.Apply(new BriefChanged(CallBrief.Empty with { Company = "Acme" }));
        Assert.That(display.Of([later]).Single().Text, Is.EqualTo("Say this to Acme."));
    }

    static TimeSpan Attention => TimeSpan.FromSeconds(10);

    void ICallOutput.Emit(CallEvent callEvent, string? connectionId, long? since) => shown.Add(((CardShown)callEvent).CardId);

    void ICallOutput.Keep(CallInput entry)
    {
    }

    void Rep(string words, bool final, double beganAgo)
    {
        var began = (long)(clock.Now.TotalMilliseconds - (beganAgo * 1000));
        conversation.Add(new TranscriptSegment("rep", Speaker.Rep, words, final, EndOfTurn: final, began, began + 500), clock.Now);
    }

    UnansweredTurn Turn(string card, double spokeAgo)
    {
        var at = clock.Now - TimeSpan.FromSeconds(spokeAgo);
        var match = new CardMatch(new PlaybookCard(card, card, [], "Say this to {company|your team}.", null, null), 1);
        return new UnansweredTurn(new SpokenTurn($"t-{card}", card, at, clock.Now), match, "1", clock.Now, RepAsks: false);
    }
}
