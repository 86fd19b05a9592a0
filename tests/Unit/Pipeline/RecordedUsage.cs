using Teleprompter.Contracts.Dashboard;
using Teleprompter.InferenceWorker.Answering;

namespace Teleprompter.Tests.Unit.Pipeline;

/// <summary>What became of a call's attempts ahead of the end of a turn.</summary>
sealed class RecordedUsage : IModelUsage
{
    public List<TimeSpan> Hidden { get; } = [];

    public List<int> Discarded { get; } = [];

    public void Spend(TokenUse use)
    {
    }

    public void Replace()
    {
    }

    public void Adopt(TimeSpan hidden) => Hidden.Add(hidden);

    public void Discard(int tokens) => Discarded.Add(tokens);
}
