using System.Buffers;
using Teleprompter.Bus;
using Teleprompter.Contracts;

namespace Teleprompter.InferenceWorker.Transcription;

/// <summary>Runs one call's requests for words, and puts what comes of them into the call's mailbox.</summary>
/// <param name="service">The transcriber that all calls share.</param>
public sealed class CallTranscriber(TranscriptionService service, Func<CallInput, bool> post) : ICallTranscriber
{
    public TranscriptionState State => service.State;

    public void Verify() => service.Verify();

    public void Transcribe(SpeechRequest request, ReadOnlySpan<byte> pcm, CancellationToken cancellation)
    {
        var copy = ArrayPool<byte>.Shared.Rent(pcm.Length);
        pcm.CopyTo(copy);
        var clip = new SpeechClip(copy.AsMemory(0, pcm.Length), request.Language, request.Prompt, request.Final);

        // Elsewhere: an engine may think before it awaits, and the call's one reader must not.
        _ = Task.Run(() => Run(request.Id, copy, clip, cancellation), CancellationToken.None);
    }

    async Task Run(long requestId, byte[] copy, SpeechClip clip, CancellationToken cancellation)
    {
        string? text = null;
        try
        {
            text = await service.Transcribe(clip, cancellation);

            // One that was broken off may still be read for a moment: it is left to the collector.
            ArrayPool<byte>.Shared.Return(copy);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return;
        }
        catch (TranscriptionException)
        {
            // Counted where it happened; the call is told that no words come.
        }

        post(new SpeechTranscribed(requestId, text));
    }
}
