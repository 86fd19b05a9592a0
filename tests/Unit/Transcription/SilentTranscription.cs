using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Teleprompter.InferenceWorker.Transcription;

namespace Teleprompter.Tests.Unit.Transcription;

/// <summary>A worker without a transcriber.</summary>
static class SilentTranscription
{
    public static TranscriptionService Service(TimeProvider time) =>
        new(Options.Create(new TranscriptionOptions()), time, NullLogger<TranscriptionService>.Instance);
}
