using System.Text.Json.Serialization;

namespace Teleprompter.Contracts;

/// <summary>What a rehearsal showed, as questions that have a yes or a no.</summary>
/// <param name="Checks">One for each <see cref="ScoreQuestion"/>, in their order.</param>
public sealed record ScoreCard(IReadOnlyList<ScoreCheck> Checks);

/// <summary>The answer to one question.</summary>
/// <param name="Because">What it rests on, in a sentence.</param>
/// <param name="AtMs">The moment that it rests on, on the call's clock, in milliseconds; null where it rests on no single one.</param>
public sealed record ScoreCheck(ScoreQuestion Question, bool Passed, string Because, long? AtMs);

/// <summary>What is asked of a rehearsal.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<ScoreQuestion>))]
public enum ScoreQuestion
{
    /// <summary>The rep asked something before telling much.</summary>
    AskedBeforeTelling,

    /// <summary>Every question of the buyer was answered, or met with another.</summary>
    AnsweredQuestions,

    /// <summary>No claim stood without a figure or a source.</summary>
    ProvedClaims,

    /// <summary>After each interruption the rep spoke again within three seconds.</summary>
    Recovered,

    /// <summary>The longest monologue stayed short.</summary>
    KeptItShort,

    /// <summary>The buyer had a fair share of the words.</summary>
    LetTheBuyerTalk,

    /// <summary>Few words were fillers.</summary>
    FewFillers,

    /// <summary>Somebody proposed a next step with a time.</summary>
    NextStep,
}
