using Teleprompter.Bus;
using Teleprompter.Contracts;

namespace Teleprompter.Tests.Unit.Bus;

/// <summary>What every message bus promises. Each implementation inherits it.</summary>
[CancelAfter(10_000)]
public abstract class MessageBusSpecification
{
    static readonly BusChannel<FromWorker> Channel = BusChannels.Call("spec");

    protected abstract IMessageBus Bus { get; }

    [Test]
    public async Task Once_subscribing_is_awaited_every_later_message_arrives(CancellationToken cancellationToken)
    {
        await using var subscription = await Bus.Subscribe(Channel, cancellationToken);

        await Bus.Publish(Channel, Message(1));

        Assert.That((await Take(subscription, 1, cancellationToken))[0], Is.EqualTo(Message(1)));
    }

    [Test]
    public async Task Messages_of_one_publisher_arrive_in_order_whether_awaited_or_not(CancellationToken cancellationToken)
    {
        await using var subscription = await Bus.Subscribe(Channel, cancellationToken);

        for (var i = 1; i <= 1000; i++)
        {
            _ = Bus.Publish(Channel, Message(i));
        }

        var seqs = (await Take(subscription, 1000, cancellationToken)).Select(message => message.Seq);
        Assert.That(seqs, Is.EqualTo(Enumerable.Range(1, 1000)));
    }

    [Test]
    public async Task Publishing_says_how_many_listened(CancellationToken cancellationToken)
    {
        Assert.That(await Bus.Publish(Channel, Message(1)), Is.Zero);

        await using var first = await Bus.Subscribe(Channel, cancellationToken);
        await using var second = await Bus.Subscribe(Channel, cancellationToken);

        Assert.That(await Bus.Publish(Channel, Message(1)), Is.EqualTo(2));
    }

    [Test]
    public async Task Every_subscription_gets_every_message(CancellationToken cancellationToken)
    {
        await using var first = await Bus.Subscribe(Channel, cancellationToken);
        await using var second = await Bus.Subscribe(Channel, cancellationToken);

        await Bus.Publish(Channel, Message(7));

        Assert.That((await Take(first, 1, cancellationToken))[0].Seq, Is.EqualTo(7));
        Assert.That((await Take(second, 1, cancellationToken))[0].Seq, Is.EqualTo(7));
    }

    [Test]
    public async Task A_disposed_subscription_no_longer_counts_and_its_reader_ends(CancellationToken cancellationToken)
    {
        var subscription = await Bus.Subscribe(Channel, cancellationToken);

        await subscription.DisposeAsync();

        Assert.That(await Bus.Publish(Channel, Message(1)), Is.Zero);
        Assert.That(await Take(subscription, 1, cancellationToken), Is.Empty);
    }

    [Test]
    public async Task A_slow_reader_loses_the_oldest_and_the_loss_is_counted(CancellationToken cancellationToken)
    {
        await using var subscription = await Bus.Subscribe(Channel, cancellationToken);
        var sent = IBusSubscription<FromWorker>.Capacity + 50;

        for (var i = 1; i <= sent; i++)
        {
            await Bus.Publish(Channel, Message(i));
        }

        await DeliveryOf(sent, subscription, cancellationToken);
        var first = (await Take(subscription, 1, cancellationToken))[0];
        Assert.That(subscription.Dropped, Is.EqualTo(50));
        Assert.That(first.Seq, Is.EqualTo(51));
    }

    [Test]
    public async Task Channels_do_not_hear_each_other(CancellationToken cancellationToken)
    {
        await using var other = await Bus.Subscribe(BusChannels.Call("another"), cancellationToken);
        await using var subscription = await Bus.Subscribe(Channel, cancellationToken);

        await Bus.Publish(BusChannels.Call("another"), Message(1));
        await Bus.Publish(Channel, Message(2));

        Assert.That((await Take(subscription, 1, cancellationToken))[0].Seq, Is.EqualTo(2));
    }

    /// <summary>Waits until so many messages reached the subscription; at once where publishing delivers.</summary>
    protected virtual Task DeliveryOf(int messages, IBusSubscription<FromWorker> subscription, CancellationToken cancellationToken) =>
        Task.CompletedTask;

    static FromWorker Message(long seq) => new(Epoch: 1, seq, new SuggestionDelta("s", (int)seq, "words"));

    static async Task<List<FromWorker>> Take(IBusSubscription<FromWorker> subscription, int count, CancellationToken cancellationToken)
    {
        var taken = new List<FromWorker>();
        await foreach (var message in subscription.WithCancellation(cancellationToken))
        {
            taken.Add(message);
            if (taken.Count == count)
            {
                break;
            }
        }

        return taken;
    }
}
