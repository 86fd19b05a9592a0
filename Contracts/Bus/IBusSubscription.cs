namespace Teleprompter.Bus;

/// <summary>
/// What arrives on a channel, for one reader. Holds at most <see cref="Capacity"/> unread messages; a slower reader loses the oldest, which
/// are counted in <see cref="Dropped"/> and seen as a gap. Ends when disposed.
/// </summary>
public interface IBusSubscription<out T> : IAsyncEnumerable<T>, IAsyncDisposable
{
    /// <summary>Unread messages held at most.</summary>
    const int Capacity = 1024;

    /// <summary>Messages lost because the reader was too slow.</summary>
    long Dropped { get; }
}
