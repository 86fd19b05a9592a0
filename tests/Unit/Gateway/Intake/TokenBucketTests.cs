using Teleprompter.Gateway.Intake;

namespace Teleprompter.Tests.Unit.Gateway.Intake;

public sealed class TokenBucketTests
{
    [Test]
    public void It_gives_a_burst_at_once_and_a_rate_after_that()
    {
        var bucket = new TokenBucket(burst: 3, perSecond: 2);

        Assert.That(Take(bucket, 5, TimeSpan.Zero), Is.EqualTo(3));
        Assert.That(Take(bucket, 5, TimeSpan.FromSeconds(1)), Is.EqualTo(2));
        Assert.That(Take(bucket, 9, TimeSpan.FromSeconds(60)), Is.EqualTo(3));
    }

    static int Take(TokenBucket bucket, int times, TimeSpan now) => Enumerable.Range(0, times).Count(_ => bucket.TrySpend(now));
}
