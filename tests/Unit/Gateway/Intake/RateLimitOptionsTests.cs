using Teleprompter.Gateway.Intake;

namespace Teleprompter.Tests.Unit.Gateway.Intake;

public sealed class RateLimitOptionsTests
{
    [Test]
    public void A_call_that_lasts_too_long_is_told_what_allows_how_much()
    {
        var limits = new RateLimitOptions { CallLength = TimeSpan.FromHours(2) };
        Assert.That(limits.LengthProblem(TimeSpan.FromHours(2)), Is.Null);
        Assert.That(limits.LengthProblem(TimeSpan.FromHours(2.1)), Does.Contain("2 hours").And.Contain("Gateway:CallLength"));
    }
}
