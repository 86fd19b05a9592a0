using Teleprompter.InferenceWorker.Models;

namespace Teleprompter.Tests.Unit.Models;

public sealed class ErrorTextTests
{
    const string Prompt = "<turn>\nWe at Kestrel Foods pay Jane Doe too much\n</turn>";

    [TestCase("The model `gpt-9` does not exist", "The model `gpt-9` does not exist")]
    [TestCase("Filtered: We at Kestrel Foods pay Jane Doe too much, sorry", "Filtered: …, sorry")]
    [TestCase("Invalid value 'Kestrel'", "Invalid value '…'")]
    [TestCase("Incorrect API key provided: sk-abcdef123456. Bearer xyz", "Incorrect API key provided: … …")]
    [TestCase("The key is my-own-key!", "The key is …!")]
    [TestCase("two\nlines", "two lines")]
    public void A_log_has_neither_words_of_the_call_nor_keys(string message, string logged) =>
        Assert.That(ErrorText.ForLog(message, [Prompt], "my-own-key"), Is.EqualTo(logged));

    [Test]
    public void A_long_error_is_cut() =>
        Assert.That(ErrorText.ForLog(new string('x', 10_000), [Prompt], key: null), Has.Length.LessThanOrEqualTo(300));
}
