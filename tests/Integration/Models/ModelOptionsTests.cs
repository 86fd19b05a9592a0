using Microsoft.Extensions.Options;
using Teleprompter.InferenceWorker.Models;

namespace Teleprompter.Tests.Integration.Models;

public sealed class ModelOptionsTests
{
    static readonly (string Setting, string Value)[] Good = [("Model:Endpoint", "http://localhost:1/v1"), ("Model:Name", "scripted")];

    [TestCase("Model:Name", "", "Model:Name is missing")]
    [TestCase("Model:Endpoint", "", "Model:Endpoint is missing")]
    [TestCase("Model:Endpoint", "localhost", "Model:Endpoint is no http or https address")]
    [TestCase("Model:Endpoint", "ftp://localhost", "Model:Endpoint is no http or https address")]
    [TestCase("Model:Endpoint", "https://api.openai.com/v1", "Model:ApiKey is missing and api.openai.com asks for one")]
    [TestCase("Model:Endpoint", "https://sales.openai.azure.com", "set Model:Credential to EntraId")]
    [TestCase("Model:Credential", "EntraId", "Model:Endpoint is not https")]
    [TestCase("Model:Credential", "Password", "Model:Credential")]
    [TestCase("Model:FallbackName", "scripted", "Model:FallbackName equals Model:Name")]
    [TestCase("Model:FastName", "scripted", "Model:FastName equals Model:Name")]
    [TestCase("Model:HedgeExtra", "0.6", "Model:HedgeExtra must be 0 to 0.5")]
    [TestCase("Model:HedgeExtra", "NaN", "Model:HedgeExtra must be 0 to 0.5")]
    [TestCase("Model:MaxTokens", "0", "Model:MaxTokens must be 1 to 1000")]
    [TestCase("Model:FirstTokenTimeout", "00:00:00", "Model:FirstTokenTimeout must be above 0")]
    [TestCase("Model:FirstTokenTimeout", "3", "Model:FirstTokenTimeout must be above 0")]
    [TestCase("Model:TotalTimeout", "00:00:01", "Model:FirstTokenTimeout is longer than Model:TotalTimeout")]
    [TestCase("Model:BreakDuration", "00:00:00.1", "Model:BreakDuration of at least 00:00:00.5")]
    [TestCase("Model:Enabled", "maybe", "Model:Enabled")]
    [TestCase("Admission:Slots", "0", "Admission:Slots must be 1 to 1000")]
    [TestCase("Admission:Pending", "-1", "Admission:Pending must be 0 to 100")]
    [TestCase("Admission:HeldFor", "00:02:00", "Admission:HeldFor must be above 0 and at most one minute")]
    public async Task Wrong_settings_refuse_to_start_and_say_what_to_set(string setting, string value, string says)
    {
        using var host = ModelUnderTest.Host([.. Good, (setting, value)]);
        await Assert.ThatAsync(async () => await host.StartAsync(), Throws.Exception.With.Message.Contains(says));
    }

    [Test]
    public async Task A_message_never_repeats_the_key()
    {
        using var host = ModelUnderTest.Host([.. Good, ("Model:ApiKey", "sk-secret"), ("Model:MaxTokens", "0")]);
        await Assert.ThatAsync(
            async () => await host.StartAsync(), Throws.TypeOf<OptionsValidationException>().With.Message.Not.Contains("sk-secret"));
    }

    [TestCase("http://localhost:8000", "http://localhost:8000/v1/")]
    [TestCase("http://localhost:8000/v1", "http://localhost:8000/v1")]
    [TestCase("https://proxy.example/llm/v1/", "https://proxy.example/llm/v1/")]
    [TestCase("http://localhost:8000/v1/chat/completions", "http://localhost:8000/v1/")]
    [TestCase("https://proxy.example/llm/v1/chat/completions/?key=1", "https://proxy.example/llm/v1/")]
    [TestCase("https://sales.openai.azure.com", "https://sales.openai.azure.com/")]
    [TestCase("https://sales.openai.azure.com/openai/v1/", "https://sales.openai.azure.com/openai/v1/")]
    [TestCase("https://sales.openai.azure.com/openai/v1/chat/completions", "https://sales.openai.azure.com/openai/v1/")]
    [TestCase(
        "https://sales.openai.azure.com/openai/deployments/gpt/chat/completions?api-version=2024-10-21", "https://sales.openai.azure.com/")]
    [TestCase("https://sales.services.ai.azure.com/", "https://sales.services.ai.azure.com/")]
    public void A_bare_host_gets_its_providers_path_and_a_whole_target_address_is_cut(string endpoint, string address) =>
        Assert.That(new ModelOptions { Endpoint = endpoint }.BaseAddress, Is.EqualTo(new Uri(address)));
}
