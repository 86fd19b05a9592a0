namespace Teleprompter.Hosting.Storage;

/// <summary>Tells what became of the store.</summary>
public sealed class StoreChangedEventArgs(StoreChange change) : EventArgs
{
    /// <summary>What became of it.</summary>
    public StoreChange Change => change;
}
