using Teleprompter.Contracts;
using Teleprompter.InferenceWorker.TurnDetection;

namespace Teleprompter.Tests.Unit.TurnDetection;

/// <summary>A client that sends thousands of words must not make every other call wait for the comparison.</summary>
public sealed class EchoBoundsTests
{
    [Test]
    public void An_echo_is_still_found_at_the_end_of_thousands_of_words() => Assert.That(
        DeservesAnswer.Refusal("we can start the pilot next monday", $"{Words(5000)} we can start the pilot next monday"),
        Is.EqualTo(SettleReason.Echo));

    [Test]
    public void A_turn_longer_than_anyone_speaks_in_ten_seconds_is_no_echo() =>
        Assert.That(DeservesAnswer.Refusal(Words(300), Words(5000)), Is.Null);

    static string Words(int count) => string.Join(' ', Enumerable.Range(0, count).Select(number => $"word{number % 300}"));
}
