using Microsoft.Extensions.Options;
using Teleprompter.Bus;
using Teleprompter.Hosting.InMemory;
using Teleprompter.Tests.Unit.Clock;

namespace Teleprompter.Tests.Unit.Bus;

[CancelAfter(30_000)]
public sealed class InMemoryAuditTrailTests : AuditTrailSpecification
{
    ManualTimeProvider time = null!;
    InMemoryAuditTrail trail = null!;

    protected override IAuditTrail Trail => trail;

    [SetUp]
    public void Create()
    {
        time = new ManualTimeProvider();
        trail = new InMemoryAuditTrail(time, Options.Create(new AuditOptions { MaxEntries = 3 }));
    }

    [Test]
    public async Task An_entry_is_forgotten_after_its_time(CancellationToken cancellationToken)
    {
        await trail.Append(Entry("c1", "ann"), cancellationToken);
        time.Advance(TimeSpan.FromDays(364));
        Assert.That(await trail.Read(_ => true, 10, cancellationToken), Has.Count.EqualTo(1));

        time.Advance(TimeSpan.FromDays(2));

        Assert.That(await trail.Read(_ => true, 10, cancellationToken), Is.Empty);
    }
}
