using OpenAI.Chat;

namespace Teleprompter.InferenceWorker.Models;

/// <summary>One model behind the endpoint.</summary>
/// <param name="Name">Its name, or on Azure its deployment's.</param>
/// <param name="Client">The way to it.</param>
/// <param name="Breaker">Its circuit breaker.</param>
sealed record ChatModel(string Name, ChatClient Client, ModelBreaker Breaker);
