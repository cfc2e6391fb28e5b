using System.Text.Json.Serialization;

namespace Zotify.Logging.Queries;

/// <summary>The result of verifying the audit log.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AuditVerificationStatus>))]
public enum AuditVerificationStatus
{
    /// <summary>No line or row is known to differ from what was written.</summary>
    [JsonStringEnumMemberName("valid")]
    Valid,

    /// <summary>A line or a row was changed, added, removed or moved.</summary>
    [JsonStringEnumMemberName("broken")]
    Broken,

    /// <summary>The existing lines are as they were written, but the database has more.</summary>
    [JsonStringEnumMemberName("truncated")]
    Truncated,
}
