using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Teleprompter.InferenceWorker.SpeechSynthesis;

namespace Teleprompter.Tests.Unit.SpeechSynthesis;

/// <summary>A speech server that sends what a test tells it to.</summary>
sealed class FakeSynthesizer : ISpeechSynthesizer
{
    public List<Request> Requests { get; } = [];

    public IEnumerable<Request> Open => Requests.Where(request => request.IsOpen);

    public async IAsyncEnumerable<ReadOnlyMemory<byte>> Speak(
        string text, string? voice, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var request = new Request(text);
        Requests.Add(request);
        try
        {
            await foreach (var sound in request.Sound.Reader.ReadAllAsync(cancellation))
            {
                yield return sound;
            }
        }
        finally
        {
            request.IsOpen = false;
        }
    }

    public sealed class Request(string text)
    {
        public string Text => text;

        public bool IsOpen { get; set; } = true;

        // The test is the writer, and what follows from a piece follows before it goes on.
        public Channel<ReadOnlyMemory<byte>> Sound { get; } =
            Channel.CreateUnbounded<ReadOnlyMemory<byte>>(
                new UnboundedChannelOptions { SingleReader = true, AllowSynchronousContinuations = true });

        /// <summary>Sends sound, and ends where told to.</summary>
        public void Send(TimeSpan length, bool ends = true)
        {
            Sound.Writer.TryWrite(new byte[(int)(length.TotalSeconds * 48_000) & ~1]);
            if (ends)
            {
                Sound.Writer.TryComplete();
            }
        }

        public void Fail(SynthesisFailure failure) => Sound.Writer.TryComplete(new SynthesisException(failure));
    }
}
