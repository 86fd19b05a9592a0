using System.Diagnostics.CodeAnalysis;
using Teleprompter.Hosting.Redis;
using Teleprompter.InferenceWorker.Transcription;

namespace Teleprompter.Tests.Unit.Fuzzing;

/// <summary>What transcribers answer, and what operators paste.</summary>
[SuppressMessage("Security", "CA5394", Justification = "Seeded on purpose.")]
public sealed class AnswerFuzzTests
{
    const string Secret = "hunter2secret";

    static readonly string[] Answers =
    [
        """{"text":"How much does it cost? Thank you for watching!","language":"en"}""",
        """{"error":{"message":"failed to read WAV file","code":500}}""",
        """{"object":"error","message":"x","text":null}""",
        """{"text":"ありがとうありがとうありがとうありがとう。 [Music] ♪ <|en|> Thank you. Thank you. Thank you. Сколько? z.B. Amara.org"}""",
    ];

    static readonly string[] Languages = ["en", "de", "ja", "auto", "sr", "xx"];

    static readonly string[] ConnectionStrings =
    [
        $"127.0.0.1:7660,name=tele,password={Secret},allowAdmin=true,connectTimeout=15000,protocol=resp3",
        $"redis://:{Secret}@127.0.0.1:7660/0",
        $"rediss://default:{Secret}@redis.example:7660",
        $"[::1]:7660,user=default,password={Secret},ssl=True",
        $"redis-0:26379,redis-1:26379,serviceName=mymaster,password={Secret}",
    ];

    [Test]
    public Task A_transcribers_answer_has_words_or_none() => Fuzzer.Run(Answers, (body, random) =>
    {
        var words = TranscriberAnswer.Words(body, random.Next(4) == 0 ? "text/plain" : "application/json") ?? body;
        var said = Artefacts.Clean(words, "Names: Sam, Lee.", TimeSpan.FromSeconds(5), Languages[random.Next(Languages.Length)], out _);
        Assert.That(said.Length, Is.LessThanOrEqualTo(words.Length));
    });

    [Test]
    public Task A_connection_string_is_read_or_refused_without_its_secret() => Fuzzer.Run(ConnectionStrings, (text, _) =>
    {
        try
        {
            Assert.That(RedisConnectionString.Parse(text).EndPoints, Has.Count.EqualTo(1));
        }
        catch (ArgumentException refused)
        {
            Assert.That(refused.ToString(), Does.Contain("ConnectionStrings:Redis").And.Not.Contain(Secret));
        }
    });
}
