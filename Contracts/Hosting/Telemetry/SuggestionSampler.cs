using System.Diagnostics;
using OpenTelemetry.Trace;

namespace Teleprompter.Hosting.Telemetry;

/// <summary>
/// Takes a share of the traces, each as a whole: by its id, so that every process judges alike and no client can ask for more. A request
/// that belongs to no trace, such as a model's warm-up or a summary, begins none.
/// </summary>
sealed class SuggestionSampler : Sampler
{
    readonly ParentBasedSampler byId;

    /// <param name="share">The share, 0 to 1.</param>
    public SuggestionSampler(double share)
    {
        var sampler = new TraceIdRatioBasedSampler(share);
        byId = new ParentBasedSampler(sampler, remoteParentNotSampled: sampler);
    }

    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) =>
        samplingParameters.ParentContext == default && samplingParameters.Kind == ActivityKind.Client
            ? new SamplingResult(SamplingDecision.Drop)
            : byId.ShouldSample(samplingParameters);
}
