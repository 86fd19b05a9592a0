using Teleprompter.Bus;
using Teleprompter.InferenceWorker.Playbook;

namespace Teleprompter.InferenceWorker;

/// <summary>What all calls of a worker share.</summary>
/// <param name="Bus">Carries what is live.</param>
/// <param name="Store">Keeps what must not be lost.</param>
/// <param name="Playbook">The cards.</param>
/// <param name="Time">The clock.</param>
public sealed record CallServices(IMessageBus Bus, ICallStore Store, PlaybookLibrary Playbook, TimeProvider Time);
