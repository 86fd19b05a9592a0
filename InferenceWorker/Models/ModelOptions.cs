namespace Teleprompter.InferenceWorker.Models;

/// <summary>The language model. With neither endpoint nor name, the playbook is the whole answer.</summary>
public sealed class ModelOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Model";

    /// <summary>
    /// Base address of an OpenAI-compatible API (<c>http://localhost:8000/v1</c>, <c>https://api.openai.com/v1</c>) or of an Azure OpenAI
    /// resource (<c>https://NAME.openai.azure.com</c>).
    /// </summary>
    public string? Endpoint { get; set; }

    /// <summary>The key; may be empty for a server of one's own that asks for none.</summary>
    public string? ApiKey { get; set; }

    /// <summary>How the worker proves itself.</summary>
    public ModelCredential Credential { get; set; } = ModelCredential.ApiKey;

    /// <summary>The model, or on Azure the deployment, that writes suggestions.</summary>
    public string? Name { get; set; }

    /// <summary>The smaller model that writes summaries; <see cref="Name"/> when empty.</summary>
    public string? SummaryName { get; set; }

    /// <summary>The model asked when the first one fails before its first token; empty for one retry of the same model.</summary>
    public string? FallbackName { get; set; }

    /// <summary>The smaller, faster model that writes suggestions under load; empty for none.</summary>
    public string? FastName { get; set; }

    /// <summary>The median time to first text above which <see cref="FastName"/> takes over. Default 850 ms.</summary>
    public TimeSpan FastAbove { get; set; } = TimeSpan.FromMilliseconds(850);

    /// <summary>
    /// How long <see cref="FastName"/> writes at least after the last pending turn; longer each time the cause is back soon. Default 15 s.
    /// </summary>
    public TimeSpan FastFor { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Whether the model is asked at all. Read live: operations switch it off and on without a restart.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>
    /// Whether a traced request says where in its trace it belongs (W3C <c>traceparent</c>, random ids and nothing else), so that a model
    /// server of one's own joins in. Without a collector nothing is traced, and nothing said.
    /// </summary>
    public bool Traceparent { get; set; } = true;

    /// <summary>The most tokens of a suggestion, 1 to 1,000. Default 150.</summary>
    public int MaxTokens { get; set; } = 150;

    /// <summary>The longest wait for the first text, retry or fallback included. Default 3 s.</summary>
    public TimeSpan FirstTokenTimeout { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>With a fallback model: how much of <see cref="FirstTokenTimeout"/> the first model may use up. Default 1.5 s.</summary>
    public TimeSpan FallbackAfter { get; set; } = TimeSpan.FromSeconds(1.5);

    /// <summary>The model, or on Azure the deployment, that is asked as well where first words are late; the same one when empty.</summary>
    public string? HedgeName { get; set; }

    /// <summary>The most requests asked as well, as a part of all suggestions, 0 to 0.5; 0 asks no second time. Default 0.05.</summary>
    public double HedgeExtra { get; set; } = 0.05;

    /// <summary>
    /// When first words are late, until 20 were measured; from then on it is the 95th percentile of the last minutes. Default 1 s.
    /// </summary>
    public TimeSpan HedgeAfter { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest silence after the first text. Default 2 s.</summary>
    public TimeSpan TokenTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>The longest time for a whole answer. Default 15 s.</summary>
    public TimeSpan TotalTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// The part of requests within <see cref="BreakerWindow"/> that must fail to open the circuit breaker, above 0 to 1. Default 0.5.
    /// </summary>
    public double BreakerFailureRatio { get; set; } = 0.5;

    /// <summary>The fewest requests within <see cref="BreakerWindow"/> that the breaker judges by, at least 2. Default 4.</summary>
    public int BreakerMinimumRequests { get; set; } = 4;

    /// <summary>The time the breaker looks back on, at least 0.5 s. Default 30 s: one call asks every few seconds.</summary>
    public TimeSpan BreakerWindow { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long an open breaker rests before the next probe, at least 0.5 s. Default 5 s: with a hung probe's <see
    /// cref="FirstTokenTimeout"/> on both sides, a model that came back is seen within 12 s.
    /// </summary>
    public TimeSpan BreakDuration { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// The address that requests append <c>chat/completions</c> to: <see cref="Endpoint"/>, with its provider's usual path where it has
    /// none.
    /// </summary>
    public Uri? BaseAddress => string.IsNullOrWhiteSpace(Endpoint) ? null : ModelEndpoint.BaseAddress(new Uri(Endpoint));

    /// <summary>Whether a model is configured.</summary>
    public bool Configured => !string.IsNullOrWhiteSpace(Endpoint) && !string.IsNullOrWhiteSpace(Name);
}
