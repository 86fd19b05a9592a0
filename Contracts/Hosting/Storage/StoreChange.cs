namespace Teleprompter.Hosting.Storage;

/// <summary>What became of the store.</summary>
public enum StoreChange
{
    /// <summary>It answers again, with what it kept.</summary>
    Back,

    /// <summary>It does not answer.</summary>
    Away,

    /// <summary>It answers, but has lost what it kept: whoever owns a call puts it back from memory.</summary>
    Lost,
}
