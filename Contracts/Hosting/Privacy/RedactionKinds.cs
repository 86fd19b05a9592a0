namespace Teleprompter.Hosting.Privacy;

/// <summary>What is removed from words.</summary>
[Flags]
public enum RedactionKinds
{
    None = 0,

    /// <summary>Payment cards: a valid number of a known scheme, or one that is announced as a card's; security codes and PINs.</summary>
    Cards = 1,

    /// <summary>IBANs with a valid checksum, and numbers that are announced as an account's.</summary>
    Accounts = 2,

    Emails = 4,

    Phones = 8,

    /// <summary>Social security and passport numbers, driving licences and dates of birth.</summary>
    Identifiers = 16,

    All = Cards | Accounts | Emails | Phones | Identifiers,
}
