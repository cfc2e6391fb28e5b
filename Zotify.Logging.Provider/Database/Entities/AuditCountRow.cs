namespace Zotify.Logging.Provider.Database.Entities;

/// <summary>How many audit events of a type there were in an hour: table <c>audit_counts</c>.</summary>
internal sealed class AuditCountRow
{
    /// <summary>The start of the hour, in UTC.</summary>
    public DateTime Hour { get; set; }

    public required string EventType { get; set; }

    public long Events { get; set; }
}
