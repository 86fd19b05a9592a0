using System.Net.Http.Json;
using System.Text;

namespace Teleprompter.Tests.Load;

/// <summary>One answer of the scripted model, read with as little as can be: lines, without their JSON.</summary>
sealed class BareModel(HttpClient http, Uri model) : IDisposable
{
    /// <summary>The name by which the model's record tells these requests from the gateway's.</summary>
    public const string Name = "bare";

    HttpResponseMessage? response;
    StreamReader? lines;

    /// <summary>Asks, and waits for the first token.</summary>
    /// <param name="message">Begins with the turn's number and a space.</param>
    public async Task FirstToken(ReadOnlyMemory<byte> message)
    {
        var prompt = "#" + Encoding.UTF8.GetString(message.Span[..message.Span.IndexOf((byte)' ')]);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(model, "v1/chat/completions"))
        {
            Content = JsonContent.Create(new { model = Name, stream = true, messages = new[] { new { role = "user", content = prompt } } }),
        };
        response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        lines = new StreamReader(await response.Content.ReadAsStreamAsync());
        while (await lines.ReadLineAsync() is { } line && !HasToken(line))
        {
        }
    }

    /// <summary>Reads the answer to its end.</summary>
    public async Task Rest()
    {
        while (await lines!.ReadLineAsync() is not null)
        {
        }
    }

    public void Dispose()
    {
        lines?.Dispose();
        response?.Dispose();
    }

    /// <summary>The first chunk names the role and has empty content.</summary>
    static bool HasToken(string line) =>
        line.Contains("\"content\":\"", StringComparison.Ordinal) && !line.Contains("\"content\":\"\"", StringComparison.Ordinal);
}
