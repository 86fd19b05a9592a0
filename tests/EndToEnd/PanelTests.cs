using Microsoft.Playwright;
using NUnit.Framework.Interfaces;

namespace Teleprompter.Tests.EndToEnd;

/// <summary>A page for each test; afterwards a picture of how it ended, and nothing may have gone wrong on the page.</summary>
[CancelAfter(60_000)]
public abstract class PanelTests
{
    private protected Panel Panel { get; private set; } = null!;

    protected virtual Uri Address => Stage.Gateway;

    private protected virtual Task<Panel> OpenPanel() => Panel.Open(Address);

    [SetUp]
    public async Task Open() => Panel = await OpenPanel();

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

    /// <summary>Says whether something that the page reported is none of the test's own doing.</summary>
    protected virtual bool IsTrouble(string report) => true;

    protected static ILocatorAssertions Expect(ILocator locator) => Assertions.Expect(locator);
}
