using Teleprompter.InferenceWorker.Answering;

namespace Teleprompter.Tests.Unit.Pipeline;

public sealed class CoalescingTests
{
    static readonly CoalescingOptions Options = new();

    [TestCase(false, 0, 0, ExpectedResult = CoalescingStep.Start)]
    [TestCase(false, 5, 60, ExpectedResult = CoalescingStep.Start)]
    [TestCase(true, 0, 0.3, ExpectedResult = CoalescingStep.Replace)]
    [TestCase(true, 1, 2.4, ExpectedResult = CoalescingStep.Replace)]
    [TestCase(true, 2, 0.3, ExpectedResult = CoalescingStep.Wait)]
    [TestCase(true, 0, 2.5, ExpectedResult = CoalescingStep.Wait)]
    public CoalescingStep The_newest_turn_is_answered_and_the_rep_is_not_starved(
        bool writing, int cancelsInARow, double oldestAgeSeconds) =>
        Coalescing.Decide(writing, cancelsInARow, TimeSpan.FromSeconds(oldestAgeSeconds), Options);
}
