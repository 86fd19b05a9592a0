using Teleprompter.Bus;
using Teleprompter.Hosting.InMemory;

namespace Teleprompter.Tests.Unit.Bus;

public sealed class InMemoryMessageBusTests : MessageBusSpecification
{
    protected override IMessageBus Bus { get; } = new InMemoryMessageBus();
}
