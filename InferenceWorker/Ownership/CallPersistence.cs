using Microsoft.Extensions.Logging;
using Teleprompter.Bus;
using Teleprompter.Contracts;
using Teleprompter.Hosting.Storage;
using Teleprompter.InferenceWorker.Telemetry;

namespace Teleprompter.InferenceWorker.Ownership;

/// <summary>
/// Reads one call from the store and keeps it there. Whichever of the store and this owner's memory has less of the call gets the rest from
/// the other: after the store lost its data, and after a connection, a pause or a swap, when something may have been lost on its way.
/// </summary>
/// <param name="epoch">The ownership; the store refuses writes of an older one.</param>
/// <param name="mailbox">Gets what follows: the storage's state, and requests to read the call again.</param>
public sealed partial class CallPersistence(string callId, long epoch, CallServices services, CallMailbox mailbox, ILogger logger)
{
    /// <summary>Time for a gateway to write what it also sent here, before this owner compares its memory with the store.</summary>
    static readonly TimeSpan WrittenWithin = TimeSpan.FromSeconds(2);

    volatile CallJournal? journal;
    volatile bool unavailable;
    string? reconciledFor;

    /// <summary>The call has been read: it is known that there is one.</summary>
    public bool Loaded => journal is not null;

    /// <summary>Reads the call; restores it first if the store has lost it, and waits for a store that is away.</summary>
    /// <returns>The call; null when another worker owns it or it is unknown.</returns>
    /// <exception cref="CallStoreUnavailableException">The store is away, and the call was never read.</exception>
    public async Task<StoredCall?> Load(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await Read(cancellationToken) is { } stored ? Merge(stored) : null;
            }
            catch (CallStoreUnavailableException) when (journal is not null)
            {
                // A store that failed too briefly for anybody to notice is not announced as back either.
                await using var retry = services.Time.CreateTimer(
                    _ => mailbox.TryPost(new RecheckWanted()), null, StoreWatch.Interval, Timeout.InfiniteTimeSpan);
                if (!await mailbox.WaitForRecheck(cancellationToken))
                {
                    return null;
                }
            }
        }
    }

    /// <summary>Whether a new connection knows of final segments that this owner has not received.</summary>
    public bool Misses(ClientAttached attached) => attached.Finals > journal!.Finals;

    /// <summary>Notes an input, and writes to the store what follows from it.</summary>
    /// <param name="input">The input; most change nothing.</param>
    public void Note(CallInput input)
    {
        journal!.Note(input);
        switch (input)
        {
            case KeepLater { Entry: var entry }:
                journal.NoteUnkept(entry);
                _ = RetrySoon();
                break;
            case RetryDue or StorageChanged { State: StorageState.Ready }:
                AppendAll(journal.TakeUnkept());
                break;
            case PauseSet or SpeakersSwapped:
                _ = Reconcile(input);
                break;
            case ClientAttached attached when attached.ConnectionId != reconciledFor:
                reconciledFor = attached.ConnectionId;
                _ = Reconcile();
                break;
        }
    }

    /// <summary>Keeps an entry that this owner makes.</summary>
    public void Keep(CallInput entry)
    {
        journal!.Note(entry);
        _ = Append(entry);
    }

    /// <summary>Appends an entry; where the store is away, it is offered again when the store is back.</summary>
    public async Task Append(CallInput entry)
    {
        try
        {
            var result = await services.Store.Append(callId, epoch, entry, CancellationToken.None);
            switch (result)
            {
                case AppendResult.Kept when unavailable:
                    unavailable = false;
                    mailbox.TryPost(new StorageChanged(StorageState.Ready));
                    return;
                case AppendResult.Kept: return;
                case AppendResult.Fenced: mailbox.Retire(); break;
                case AppendResult.Erased: mailbox.TryPost(new CallErased(EndReason.Deleted)); break;
                case AppendResult.Unknown: mailbox.TryPost(new RecheckWanted()); break;
                case AppendResult.Full: mailbox.TryPost(new StorageChanged(StorageState.Full)); break;
            }

            WorkerTelemetry.FailToKeep(WorkerTelemetry.Word(result));
        }
        catch (CallStoreUnavailableException)
        {
            WorkerTelemetry.FailToKeep("unavailable");
            unavailable = true;
            mailbox.TryPost(new KeepLater(entry));
            mailbox.TryPost(new StorageChanged(StorageState.Unavailable));
        }
    }

    /// <summary>The call as the store has it, restored there first if the store has lost it.</summary>
    async Task<StoredCall?> Read(CancellationToken cancellationToken)
    {
        var stored = await services.Store.Read(callId, cancellationToken);
        if ((journal?.Call ?? stored) is { } known && (stored?.Ownership?.Epoch ?? 0) < epoch)
        {
            // The store lost it; or an older owner has restored it already, and may know less.
            LogRestored(callId);
            var whole = await services.Store.Restore(known with { Ownership = new CallOwnership("", epoch) }, cancellationToken);
            stored = await services.Store.Read(callId, cancellationToken);
            if (!whole && stored is not null)
            {
                journal?.MissingFrom(stored).ToList().ForEach(journal.NoteUnkept);
            }
        }

        if (stored is null)
        {
            LogUnknown(callId);
        }

        return stored?.Ownership is { } owner && owner.Epoch > epoch ? null : stored;
    }

    /// <summary>Adds what this owner knows and the store does not have, and writes it there.</summary>
    StoredCall Merge(StoredCall stored)
    {
        var unkept = journal?.TakeUnkept() ?? [];
        var missing = journal?.MissingFrom(stored) ?? [];
        if (missing.Count > 0)
        {
            _ = Reconcile(missing);
        }

        stored = stored with { Entries = [.. stored.Entries, .. missing, .. unkept] };
        journal = new CallJournal(stored);
        AppendAll(unkept);
        return stored;
    }

    /// <summary>
    /// Compares memory and store, once whatever was on its way to the store has had the time to arrive. Entries that were lost on their way
    /// are written; final segments that never came here are read.
    /// </summary>
    async Task Reconcile(params IReadOnlyList<CallInput> known)
    {
        while (!mailbox.Closed)
        {
            await Task.Delay(WrittenWithin, services.Time);
            try
            {
                if (await services.Store.Read(callId) is not { } found)
                {
                    return;
                }

                foreach (var entry in CallJournal.Missing(known, found))
                {
                    await Append(entry);
                }

                if (CallJournal.FinalsOf(found.Entries) > journal!.Finals)
                {
                    mailbox.TryPost(new RecheckWanted());
                }

                return;
            }
            catch (CallStoreUnavailableException)
            {
                // Tried again for as long as the call is here.
            }
        }
    }

    void AppendAll(IReadOnlyList<CallInput> entries)
    {
        foreach (var entry in entries)
        {
            _ = Append(entry);
        }
    }

    /// <summary>A store that failed too briefly for anybody to notice is not announced as back either.</summary>
    async Task RetrySoon()
    {
        await Task.Delay(StoreWatch.Interval, services.Time);
        mailbox.TryPost(new RetryDue());
    }

    [LoggerMessage(LogLevel.Warning, "Call {CallId} is not in the store; nothing to work on")]
    partial void LogUnknown(string callId);

    [LoggerMessage(LogLevel.Warning, "Call {CallId}: the store lost it; putting it back")]
    partial void LogRestored(string callId);
}
