using System.Text;
using Teleprompter.InferenceWorker.Models;

namespace Teleprompter.Tests.Unit.Models;

public sealed class ChatStreamTests
{
    const string Whole = "Für Müller: 49 €? 👍";
    const string Hello = """{"choices":[{"index":0,"delta":{"content":"Für "}}]}""";
    const string Rest = """{"choices":[{"index":0,"delta":{"content":"Müller: 49 €? 👍"}}]}""";
    const string Stop = """{"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}""";

    [TestCase("\n")]
    [TestCase("\r\n")]
    [TestCase("\r")]
    public async Task Lines_may_end_in_any_way_and_come_in_any_pieces(string newLine)
    {
        var text = string.Join(newLine, $"data: {Hello}", "", $"data: {Rest}", "", "data: [DONE]", "", "");
        foreach (var size in new[] { 1, 2, 3, 7, 1000 })
        {
            Assert.That(await Text(text, size), Is.EqualTo(Whole), $"{size} bytes at a time");
        }
    }

    [TestCase("data:{0}\n\ndata:{1}\n\ndata:[DONE]\n\n", TestName = "no space after the colon")]
    [TestCase("data: {0}\ndata: {1}\ndata: [DONE]\n", TestName = "no empty lines")]
    [TestCase("data: {0}\n\ndata: {1}\n\ndata: {2}", TestName = "neither the end of the last line nor [DONE]")]
    [TestCase(
        ": OPENROUTER PROCESSING\n\ndata: : OPENROUTER PROCESSING\n\ndata: {0}\n\ndata:\n\ndata: ping\n\n:\n\ndata: {1}\n\ndata: "
        + "[DONE]\n\n", TestName = "keep-alives")]
    [TestCase("event: message\nid: 1\nretry: 3\ndata: {0}\n\ndata: {1}\n\nevent: done\ndata: [DONE]\n\n", TestName = "other fields")]
    [TestCase("\uFEFFdata: {0}\n\ndata: {1}\n\ndata: [DONE]\n\n", TestName = "byte order mark")]
    [TestCase("{0}\n{1}\n{2}\n", TestName = "lines of JSON")]
    [TestCase("[{0},\n{1},\n{2}]", TestName = "an array")]
    [TestCase("data: {0}\n\ndata: {{\"choices\":[]\ndata: }}\n\ndata: {1}\n\ndata: [DONE]\n\n", TestName = "JSON over two lines")]
    public async Task Every_layout_is_read(string layout) =>
        Assert.That(await Text(string.Format(null, layout, Hello, Rest, Stop)), Is.EqualTo(Whole));

    [TestCase("""{"choices":[{"delta":{"content":"Fair."},"finish_reason":""}]}""")]
    [TestCase("""{"choices":[{"delta":{"content":"Fair.","role":""},"finish_reason":null}],"created":1764000000123.5,"error":null}""")]
    [TestCase(
        """{"choices":[{"delta":{"content":[{"type":"thinking","thinking":[{"type":"text","text":"no"}]},{"type":"text","text":"Fair."}]}}]}""")]
    [TestCase("""{"choices":[{"index":0.0,"delta":{"content":["Fair", "."]}}],"usage":{"prompt_tokens":"x"}}""")]
    [TestCase("""{"choices":[{"delta":{"content":"Fair."},"message":{"content":"Well. Fair."},"logprobs":{"x":[NaN,-Infinity]}}]}""")]
    [TestCase("""{"choices":[{"index":1,"delta":{"content":"other"}},{"index":0,"delta":{"content":"Fair."}}],}""")]
    [TestCase("""{"choices":[{"text":"Fair.","index":0}]}""")]
    [TestCase("""{"object":"chat.completion","choices":[{"message":{"role":"assistant","content":"Fair."}}]}""")]
    public async Task Fields_that_nobody_needs_may_have_any_form(string chunk) =>
        Assert.That(await Text($"data: {chunk}\n\ndata: [DONE]\n\n"), Is.EqualTo("Fair."));

    [Test]
    public async Task Half_a_character_and_bytes_that_are_no_UTF_8_fail_nothing()
    {
        var halves = await Text("""
            data: {"choices":[{"delta":{"content":"\ud83d"}}]}

            data: {"choices":[{"delta":{"content":"\udc4d \"ok\""}}]}

            data: [DONE]

            """);
        Assert.That(halves, Is.EqualTo("👍 \"ok\""));
        byte[] bytes = [.. "data: {\"choices\":[{\"delta\":{\"content\":\"a"u8, 0xC3, .. "b\"}}]}\n\ndata: [DONE]\n\n"u8];
        Assert.That(await Text(bytes), Is.EqualTo("a\uFFFDb"));
    }

    [TestCase("stop", ChatFinish.Stop)]
    [TestCase("eos", ChatFinish.Stop)]
    [TestCase("STOP", ChatFinish.Stop)]
    [TestCase("length", ChatFinish.Length)]
    [TestCase("MAX_TOKENS", ChatFinish.Length)]
    [TestCase("content_filter", ChatFinish.Filtered)]
    [TestCase("tool_calls", ChatFinish.Other)]
    [TestCase("", null)]
    [TestCase("null", null)]
    public async Task Every_word_for_an_end_is_known(string word, object? finish)
    {
        var chunks = await Chunks(
            Encoding.UTF8.GetBytes($$"""data: {"choices":[{"delta":{},"finish_reason":"{{word}}"}]}""" + "\n\ndata: [DONE]\n\n"), 1000);
        ChatFinish?[] doneEnds = finish is null ? [null, ChatFinish.Stop] : [(ChatFinish)finish];
        Assert.That(chunks.Select(chunk => chunk.Finish), Is.EqualTo(doneEnds), "[DONE] is an end where the server gave none");
    }

    [Test]
    public async Task Usage_is_read_whatever_its_numbers_look_like()
    {
        var chunks = await Chunks(
            """data: {"choices":[],"usage":{"prompt_tokens":400.0,"completion_tokens":"20"}}"""u8.ToArray()
                .Concat("\n\ndata: [DONE]"u8.ToArray()).ToArray(),
            10);
        Assert.That(chunks.Select(chunk => chunk.Usage), Is.EqualTo(new[] { new ChatUsage(400, 20), null }), "the second one is [DONE]");
    }

    [TestCase(
        """data: {"error":{"message":"limit reached","code":502},"choices":[{"finish_reason":"error"}]}""", "limit reached", ModelFailure.ServerError)]
    [TestCase("""data: {"error":{"message":"slow down","code":"429"}}""", "slow down", ModelFailure.RateLimited)]
    [TestCase("""data: {"error":"out of memory"}""", "out of memory", ModelFailure.ServerError)]
    [TestCase("""data: {"object":"error","message":"no such model","code":404}""", "no such model", ModelFailure.Refused)]
    [TestCase("""{"detail":[{"loc":["body","x"],"msg":"extra"}]}""", "extra", ModelFailure.ServerError)]
    [TestCase("event: error\ndata: overloaded", "overloaded", ModelFailure.ServerError)]
    [TestCase("""data: {"choices":[{"delta":{},"finish_reason":"error"}]}""", "", ModelFailure.ServerError)]
    public async Task An_error_is_read_wherever_the_server_puts_it(string text, string says, object failure)
    {
        var error = (await Chunks(Encoding.UTF8.GetBytes(text + "\n\ndata: [DONE]\n\n"), 1000)).Single().Error!;
        Assert.That(error.Message, Does.Contain(says));
        Assert.That(error.Failure, Is.EqualTo(failure));
    }

    [TestCase("data: {\"choices\":[{\"delta\":{\"content\":\"Fair\"}}]}\n\n")]
    [TestCase("data: {\"choices\":[{\"delta\":{\"content\":")]
    [TestCase("")]
    [TestCase("<html>Bad gateway</html>")]
    public void A_body_that_ends_with_neither_a_finish_nor_DONE_is_broken(string text) =>
        Assert.That(async () => await Text(text), Throws.TypeOf<EndOfStreamException>());

    [Test]
    public void A_chunk_that_may_hold_words_and_cannot_be_read_breaks_the_answer() =>
        Assert.That(
            async () => await Text("data: {\"choices\":[{\"delta\":{\"content\":\n\ndata: [DONE]\n\n"),
            Throws.TypeOf<InvalidDataException>());

    static Task<string> Text(string text, int size = 1000) => Text(Encoding.UTF8.GetBytes(text), size);

    static async Task<string> Text(byte[] bytes, int size = 1000) => string.Concat((await Chunks(bytes, size)).Select(chunk => chunk.Text));

    static async Task<List<ChatChunk>> Chunks(byte[] bytes, int size)
    {
        await using var stream = new ChoppedStream(bytes, size);
        return await ChatStream.Read(stream).ToListAsync();
    }
}
