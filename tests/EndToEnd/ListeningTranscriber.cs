using System.Net;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Teleprompter.Tests.ScriptedTranscriber;

namespace Teleprompter.Tests.EndToEnd;

/// <summary>
/// A transcriber that knows a recording by ear: a browser resamples, levels and cleans what it captures, so no sample stays what it was,
/// and a piece is found by the rise and fall of its loudness instead.
/// </summary>
sealed class ListeningTranscriber : IAsyncDisposable
{
    const int HeaderBytes = 44;
    const int HopSamples = Recording.Rate / 100;
    const double FloorDb = -50;

    readonly WebApplication app;
    readonly Recording recording;
    readonly double[][] envelopes;

    ListeningTranscriber(Recording recording)
    {
        this.recording = recording;
        envelopes = [.. recording.Channels.Select(channel => Envelope(channel))];
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        app = builder.Build();
        app.MapPost("/v1/audio/transcriptions", (Delegate)Transcribe);
    }

    /// <summary>What to set as <c>Transcription:Endpoint</c>.</summary>
    public Uri Endpoint => new(app.Urls.Single() + "/v1");

    public static async Task<ListeningTranscriber> StartAsync(Recording recording)
    {
        var transcriber = new ListeningTranscriber(recording);
        await transcriber.app.StartAsync();
        return transcriber;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    async Task<IResult> Transcribe(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        using var wav = new MemoryStream();
        await form.Files["file"]!.CopyToAsync(wav, http.RequestAborted);
        var piece = MemoryMarshal.Cast<byte, short>(wav.ToArray().AsSpan(HeaderBytes)).ToArray();
        return Results.Json(new { text = Recognise(piece) });
    }

    string Recognise(short[] piece)
    {
        var heard = Envelope(piece);
        var (best, channel, hop) = (0.0, -1, 0);
        for (var i = 0; i < envelopes.Length; i++)
        {
            for (var at = 0; at + heard.Length <= envelopes[i].Length; at++)
            {
                var likeness = Correlation(heard, envelopes[i].AsSpan(at, heard.Length));
                (best, channel, hop) = likeness > best ? (likeness, i, at) : (best, channel, hop);
            }
        }

        return channel < 0 ? "" : recording.TextOf(recording.Channels[channel].AsSpan(hop * HopSamples, heard.Length * HopSamples)) ?? "";
    }

    static double[] Envelope(ReadOnlySpan<short> samples)
    {
        var levels = new double[samples.Length / HopSamples];
        for (var hop = 0; hop < levels.Length; hop++)
        {
            var energy = 0.0;
            foreach (var sample in samples.Slice(hop * HopSamples, HopSamples))
            {
                energy += Math.Pow(sample / 32_768.0, 2);
            }

            levels[hop] = Math.Max(FloorDb, 10 * Math.Log10((energy / HopSamples) + 1e-12));
        }

        return levels;
    }

    static double Correlation(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sumA = 0, sumB = 0, aa = 0, bb = 0, ab = 0;
        for (var i = 0; i < a.Length; i++)
        {
            sumA += a[i];
            sumB += b[i];
            aa += a[i] * a[i];
            bb += b[i] * b[i];
            ab += a[i] * b[i];
        }

        var spread = (aa - (sumA * sumA / a.Length)) * (bb - (sumB * sumB / a.Length));
        return spread <= 1 ? 0 : (ab - (sumA * sumB / a.Length)) / Math.Sqrt(spread);
    }
}
