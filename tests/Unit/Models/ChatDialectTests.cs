using Teleprompter.InferenceWorker.Models;

namespace Teleprompter.Tests.Unit.Models;

public sealed class ChatDialectTests
{
    static readonly ChatDialect Newest = new();

    [TestCase("""{"detail":[{"type":"extra_forbidden","loc":["body","max_completion_tokens"],"msg":"Extra inputs are not permitted"}]}""")]
    [TestCase("Unrecognized request argument supplied: max_completion_tokens")]
    public void A_refused_token_limit_is_asked_by_its_older_name_and_then_not_at_all(string complaint)
    {
        var older = Newest.Without(complaint)!;
        Assert.That(older.TokenLimit, Is.EqualTo("max_tokens"));
        Assert.That(older.Without("max_tokens is not known")!.TokenLimit, Is.Null);
    }

    [TestCase("This response_format type is unavailable now")]
    [TestCase("This model does not support response format `json_schema`.")]
    [TestCase("Structured output by a schema is not supported")]
    public void A_refused_schema_is_left_out(string complaint) =>
        Assert.That(Newest.Without(complaint), Is.EqualTo(Newest with { Schema = false }));

    [Test]
    public void Whatever_else_is_refused_by_name_is_left_out()
    {
        Assert.That(Newest.Without("Unknown parameter: stream_options"), Is.EqualTo(Newest with { Usage = false }));
        Assert.That(Newest.Without("System role not supported"), Is.EqualTo(Newest with { SystemRole = false }));
        Assert.That(Newest.Without("The prompt is too long"), Is.Null);
    }
}
