namespace Teleprompter.Gateway.SignIn;

/// <summary>What somebody may do; each role may do what the ones before it may.</summary>
public enum UserRole
{
    /// <summary>Starts calls and sees their own.</summary>
    Rep,

    /// <summary>Sees the calls of their team.</summary>
    Lead,

    /// <summary>Sees the calls of all teams.</summary>
    Admin,
}
