using Teleprompter.InferenceWorker.SpeechSynthesis;

namespace Teleprompter.Tests.Unit.SpeechSynthesis;

public sealed class SynthesisOptionsTests
{
    [Test]
    public void Nothing_speaks_by_default() => Assert.That(Faults(new SynthesisOptions()), Is.Empty);

    [Test]
    public void A_server_with_model_and_address_is_enough() => Assert.That(Faults(Local()), Is.Empty);

    [TestCase("", "http://localhost:1/v1", "Speech:Model is missing: set it")]
    [TestCase("tts", "localhost", "Speech:Endpoint is missing or no http or https address: set it")]
    [TestCase("tts", "https://api.openai.com/v1", "Speech:ApiKey is missing and api.openai.com asks for one: set Speech__ApiKey")]
    public void A_wrong_setting_is_named_with_what_to_set(string model, string endpoint, string says)
    {
        var options = Local();
        (options.Model, options.Endpoint) = (model, endpoint);
        Assert.That(Faults(options), Has.Some.StartsWith(says));
    }

    [Test]
    public void A_time_out_that_cannot_work_is_refused()
    {
        var options = Local();
        options.AudioTimeout = TimeSpan.FromMinutes(2);
        Assert.That(Faults(options), Has.One.Contains("Speech:AudioTimeout must be 100 ms to 10 s"));
    }

    static SynthesisOptions Local() => new() { Provider = SynthesisProvider.OpenAI, Endpoint = "http://localhost:1/v1", Model = "tts" };

    static IEnumerable<string> Faults(SynthesisOptions options) => new SynthesisOptionsValidator().Validate(null, options).Failures ?? [];
}
