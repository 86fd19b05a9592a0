using System.Threading.Channels;
using Teleprompter.Bus;

namespace Teleprompter.Tests.Unit.Simulation;

/// <summary>The bus between processes: each has its own way to it and back, in order, late, and not always open.</summary>
sealed class SimulatedBus
{
    readonly Dictionary<string, List<ISubscriber>> channels = new(StringComparer.Ordinal);

    interface ISubscriber
    {
        Port Port { get; }

        bool Lost { get; set; }

        void Offer(object message);
    }

    /// <summary>The whole bus does not answer.</summary>
    public bool Away { get; set; }

    /// <summary>The chance that a single delivery is lost.</summary>
    public double Loss { get; set; }

    public Port Connect(Process process) => new(this, process);

    sealed class Inbox<T> : IBusSubscription<T>, ISubscriber
    {
        readonly Channel<T> unread;
        readonly Action<Inbox<T>> leave;

        public Inbox(Port port, Action<Inbox<T>> leave)
        {
            (Port, this.leave) = (port, leave);
            unread = Channel.CreateBounded<T>(
                new BoundedChannelOptions(IBusSubscription<T>.Capacity) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true }, _ =>
                    Dropped++);
        }

        public Port Port { get; }

        public bool Lost { get; set; }

        public long Dropped { get; private set; }

        public void Offer(object message) => unread.Writer.TryWrite((T)message);

        public async IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default)
        {
            while (await unread.Reader.WaitToReadAsync(cancellationToken))
            {
                while (unread.Reader.TryRead(out var message))
                {
                    yield return message;
                }
            }
        }

        public ValueTask DisposeAsync()
        {
            unread.Writer.TryComplete();
            leave(this);
            return ValueTask.CompletedTask;
        }
    }

    /// <summary>One process's way to the bus.</summary>
    public sealed class Port(SimulatedBus bus, Process process) : IMessageBus
    {
        readonly List<ISubscriber> subscriptions = [];
        readonly World world = process.World;
        long up;
        long down;

        /// <summary>Told of all that this process publishes.</summary>
        public Action<object>? Published { private get; set; }

        /// <summary>Nothing passes, and the process knows.</summary>
        public bool Away { get; set; }

        /// <summary>What is published gets lost.</summary>
        public bool Mute { get; set; }

        /// <summary>What others publish gets lost on the way here.</summary>
        public bool Deaf { get; set; }

        bool Open => !Away && !bus.Away && !Closed;

        /// <summary>The process is gone, and the bus has noticed.</summary>
        public bool Closed { get; set; }

        public Task<long?> Publish<T>(BusChannel<T> channel, T message)
        {
            Published?.Invoke(message!);
            var answer = new TaskCompletionSource<long?>();
            if (!Open)
            {
                return Task.FromResult<long?>(null);
            }

            up = Math.Max(up, world.Now + Delay());
            world.At(up, () =>
            {
                long? count = Open && !Mute ? bus.Deliver(channel.Name, message!) : null;
                world.At(world.Now + Delay(), () => process.Run(() => answer.TrySetResult(count)));
            });
            return answer.Task;
        }

        public async ValueTask<IBusSubscription<T>> Subscribe<T>(BusChannel<T> channel, CancellationToken cancellationToken = default)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var inbox = new Inbox<T>(this, inbox =>
            {
                subscriptions.Remove(inbox);
                bus.channels.GetValueOrDefault(channel.Name)?.Remove(inbox);
            });
            var listening = new TaskCompletionSource();
            subscriptions.Add(inbox);
            world.At(world.Now + Delay(), () =>
            {
                if (subscriptions.Contains(inbox))
                {
                    bus.ListenersOf(channel.Name).Add(inbox);
                }

                world.At(world.Now + Delay(), () => process.Run(() => listening.TrySetResult()));
            });
            await listening.Task;
            return inbox;
        }

        /// <summary>One of this process's subscriptions hears nothing for a while.</summary>
        public void LoseSubscription(TimeSpan time)
        {
            if (subscriptions.Count > 0)
            {
                var lost = world.Pick(subscriptions);
                lost.Lost = true;
                world.After(time, () => lost.Lost = false);
            }
        }

        public void Heal()
        {
            (Away, Mute, Deaf) = (false, false, false);
            subscriptions.ForEach(subscription => subscription.Lost = false);
        }

        internal bool Take(object subscriber, object message)
        {
            var to = (ISubscriber)subscriber;
            if (!Open || to.Lost)
            {
                return false;
            }

            if (!Deaf && !world.Chance(bus.Loss))
            {
                down = Math.Max(down, world.Now + Delay());
                world.At(down, () =>
                {
                    if (Open && !process.IsDead)
                    {
                        to.Offer(message);
                    }
                });
            }

            return true;
        }

        long Delay() => world.Random.Next(0, 40) == 0 ? world.Random.Next(100_0000) : world.Random.Next(3_0000);
    }

    List<ISubscriber> ListenersOf(string channel)
    {
        if (!channels.TryGetValue(channel, out var listeners))
        {
            channels[channel] = listeners = [];
        }

        return listeners;
    }

    long Deliver(string channel, object message)
    {
        var count = 0;
        if (channels.TryGetValue(channel, out var listeners))
        {
            foreach (var listener in listeners)
            {
                count += listener.Port.Take(listener, message) ? 1 : 0;
            }
        }

        return count;
    }

}
