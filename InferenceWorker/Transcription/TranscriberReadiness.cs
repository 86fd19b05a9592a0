using Microsoft.Extensions.Hosting;
using Teleprompter.Contracts;

namespace Teleprompter.InferenceWorker.Transcription;

/// <summary>
/// Warms the transcriber at start and tries one that rests until it answers. A transcriber that is down does not keep the worker from
/// starting.
/// </summary>
public sealed class TranscriberReadiness(TranscriptionService transcription, TimeProvider time) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (transcription.State == TranscriptionState.None)
        {
            return;
        }

        await transcription.Try(stoppingToken);
        using var timer = new PeriodicTimer(TranscriberHealth.TryEvery, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (transcription.State == TranscriptionState.Unavailable)
            {
                await transcription.Try(stoppingToken);
            }
        }
    }
}
