using System.Text.Json.Serialization;

namespace Zotify.Logging.Queries;

/// <summary>What a verification of the audit log found.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AuditVerificationStatus>))]
public enum AuditVerificationStatus
{
    /// <summary>No line or row is known to be other than it was written.</summary>
    [JsonStringEnumMemberName("valid")]
    Valid,

    /// <summary>A line or a row was changed, added, removed or moved.</summary>
    [JsonStringEnumMemberName("broken")]
    Broken,

    /// <summary>The lines that are there are as they were written, and the database has more.</summary>
    [JsonStringEnumMemberName("truncated")]
    Truncated,
}
