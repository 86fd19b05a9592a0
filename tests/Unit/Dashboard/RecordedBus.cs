using Teleprompter.Bus;
using Teleprompter.Bus.Dashboard;

namespace Teleprompter.Tests.Unit.Dashboard;

sealed class RecordedBus(List<CallSightings> told) : IMessageBus
{
    public Task<long?> Publish<T>(BusChannel<T> channel, T message)
    {
        told.Add((CallSightings)(object)message!);
        return Task.FromResult<long?>(1);
    }

    public ValueTask<IBusSubscription<T>> Subscribe<T>(BusChannel<T> channel, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();
}
