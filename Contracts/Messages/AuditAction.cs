using System.Text.Json.Serialization;

namespace Teleprompter.Contracts;

/// <summary>What somebody did with what is kept of others.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<AuditAction>))]
public enum AuditAction
{
    /// <summary>Watched a call while it lasted.</summary>
    Watched,

    /// <summary>Read the report of a call as a lead.</summary>
    ReportRead,

    /// <summary>Exported a call.</summary>
    Exported,

    /// <summary>Deleted a call.</summary>
    Deleted,

    /// <summary>Ended a call by revoking the consent to it, which deleted it.</summary>
    ConsentRevoked,

    /// <summary>Exported all calls of a person.</summary>
    PersonExported,

    /// <summary>Deleted all calls of a person.</summary>
    PersonDeleted,
}
