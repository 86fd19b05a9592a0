using Teleprompter.Contracts;
using Teleprompter.InferenceWorker.Transcription;

namespace Teleprompter.Tests.Unit.Transcription;

/// <summary>A transcriber that keeps what it is asked; a test answers.</summary>
sealed class FakeTranscriber : ICallTranscriber
{
    public TranscriptionState State { get; set; } = TranscriptionState.None;

    public List<Request> Requests { get; } = [];

    public void Verify()
    {
    }

    public void Transcribe(SpeechRequest request, ReadOnlySpan<byte> pcm, CancellationToken cancellation) =>
        Requests.Add(new Request(request, pcm.ToArray(), cancellation));

    public sealed record Request(SpeechRequest Asked, byte[] Pcm, CancellationToken Cancellation)
    {
        public bool Open => !Cancellation.IsCancellationRequested;
    }
}
