using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Teleprompter.InferenceWorker.ContextAssembly;

namespace Teleprompter.Tests.Unit.ContextAssembly;

public sealed class ContextOptionsTests
{
    [Test]
    public void The_defaults_are_valid() => Assert.That(Bind().Value.TotalTokens, Is.EqualTo(1200));

    [TestCase("TranscriptTokens", "10", "Context:TranscriptTokens must be 100 to 20000: set it to 500")]
    [TestCase("TotalTokens", "900", "Context:TotalTokens is too small for its parts: set it to ")]
    [TestCase("Window", "00:00:05", "Context:Window must be 15 seconds to 10 minutes")]
    public void Wrong_settings_say_what_to_set(string setting, string value, string message) =>
        Assert.That(() => Bind((setting, value)).Value, Throws.InstanceOf<OptionsValidationException>().With.Message.Contains(message));

    [Test]
    public void The_total_that_the_message_names_is_enough()
    {
        var fault = Assert.Throws<OptionsValidationException>(() => _ = Bind(("TotalTokens", "1")).Value);
        var named = fault.Message.Split("set it to ")[1].Split(' ')[0];

        Assert.That(() => Bind(("TotalTokens", named)).Value, Throws.Nothing);
    }

    static IOptions<ContextOptions> Bind(params (string Name, string Value)[] settings) =>
        new ServiceCollection()
            .AddContextAssembly(new ConfigurationBuilder()
                .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create($"Context:{setting.Name}", (string?)setting.Value)))
                .Build())
            .BuildServiceProvider()
            .GetRequiredService<IOptions<ContextOptions>>();
}
