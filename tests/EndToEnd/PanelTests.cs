using Microsoft.Playwright;
using NUnit.Framework.Interfaces;
using Teleprompter.Tests.Integration.Gateway;

namespace Teleprompter.Tests.EndToEnd;

/// <summary>
/// A gateway for the fixture and a page on it for each test; afterwards a picture of how it ended, and nothing may have gone wrong on the page.
/// </summary>
[CancelAfter(60_000)]
public abstract class PanelTests
{
    RunningGateway gateway = null!;

    private protected Panel Panel { get; private set; } = null!;

    [OneTimeSetUp]
    public async Task Start() => gateway = await StartGateway();

    [OneTimeTearDown]
    public virtual async Task Stop() => await gateway.DisposeAsync();

    [SetUp]
    public async Task Open() => Panel = await OpenPanel(gateway.Address);

    [TearDown]
    public virtual async Task Close()
    {
        await Panel.Screenshot(TestContext.CurrentContext.Test.Name);
        await Panel.DisposeAsync();
        if (TestContext.CurrentContext.Result.Outcome.Status == TestStatus.Passed)
        {
            Assert.That(Panel.Troubles.Where(IsTrouble), Is.Empty);
        }
    }

    private protected virtual Task<RunningGateway> StartGateway() => RunningGateway.Start();

    private protected virtual Task<Panel> OpenPanel(Uri gateway) => Panel.Open(gateway);

    /// <summary>Says whether something that the page reported is none of the test's own doing.</summary>
    protected virtual bool IsTrouble(string report) => true;

    protected static ILocatorAssertions Expect(ILocator locator) => Assertions.Expect(locator);
}
