using Teleprompter.Contracts.Dashboard;

namespace Teleprompter.InferenceWorker.Answering;

/// <summary>Records what one call asks of models. Thread-safe.</summary>
public interface IModelUsage
{
    /// <summary>Nothing more may be asked today.</summary>
    bool OverBudget => false;

    /// <summary>Records the tokens of a request that has ended.</summary>
    void Spend(TokenUse use);

    /// <summary>Records that an answer was cancelled and a newer one begun in its place.</summary>
    void Replace();

    /// <summary>Records that an answer begun ahead of the end of its turn was adopted.</summary>
    /// <param name="hidden">How long the model had worked before the turn was confirmed.</param>
    void Adopt(TimeSpan hidden);

    /// <summary>Records that an answer begun ahead of the end of its turn was discarded.</summary>
    /// <param name="tokens">Estimated tokens that the model had written.</param>
    void Discard(int tokens);
}
