using System.ClientModel;
using System.ClientModel.Primitives;
using OpenAI.Chat;

namespace Teleprompter.InferenceWorker.Models;

/// <summary>One model behind the endpoint, and what was learnt about it.</summary>
/// <param name="name">Its name, or on Azure its deployment's.</param>
/// <param name="client">Signs in and sends; its typed stream is not used, since it fails on fields that nobody needs.</param>
/// <param name="log">Tells those who operate it what goes wrong.</param>
/// <param name="time">The clock of what is measured.</param>
sealed class ChatModel(string name, ChatClient client, ModelBreaker breaker, ModelFailureLog log, TimeProvider time)
{
    volatile ChatDialect dialect = new();

    public string Name => name;

    public ModelBreaker Breaker => breaker;

    public ModelFailureLog Log => log;

    /// <summary>How long the first words of its suggestions take.</summary>
    public FirstWordsTimes FirstWords { get; } = new(time);

    /// <summary>Its answers begin within thoughts, whose opening tag is in its template and never in the text.</summary>
    public bool OpensInThought { get; set; }

    /// <summary>Whether it may be asked: it neither rests nor is still being loaded.</summary>
    public bool Answers => !breaker.IsOpen && !Loading;

    /// <summary>Its server seems to be loading it. Set by <see cref="ModelSet.SetLoading"/>.</summary>
    public bool Loading { get; set; }

    /// <summary>A request had no words in time, and none was answered since.</summary>
    public bool TooSlow { get; set; }

    /// <summary>Asks; once more without whatever the server refuses by name, which is remembered.</summary>
    /// <returns>The response, whose body is still to come.</returns>
    public async Task<PipelineResponse> Ask(ModelPrompt prompt, CancellationToken cancellation)
    {
        while (true)
        {
            var asked = dialect;
            using var body = ChatRequest.Body(name, prompt, asked);
            try
            {
                var result = await client.CompleteChatAsync(body, new RequestOptions
                {
                    BufferResponse = false,
                    CancellationToken = cancellation,
                });
                return result.GetRawResponse();
            }
            catch (ClientResultException refused) when (
                refused.Status is 400 or 404 or 422 or 501 && asked.Without(ModelException.BodyOf(refused)) is { } simpler)
            {
                dialect = simpler;
            }
        }
    }
}
