namespace Zotify.Logging.Queries;

/// <summary>The fields of audit events that facets count.</summary>
internal enum AuditFacetField
{
    /// <summary>The users.</summary>
    UserId,

    /// <summary>The event types.</summary>
    EventType,

    /// <summary>The source addresses.</summary>
    SourceIp,

    /// <summary>The instances.</summary>
    Instance,
}
