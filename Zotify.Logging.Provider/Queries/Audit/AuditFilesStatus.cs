using System.Text.Json.Serialization;

namespace Zotify.Logging.Queries;

/// <summary>The result of verifying the files of the audit log.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AuditFilesStatus>))]
public enum AuditFilesStatus
{
    /// <summary>Every line is as it was written.</summary>
    [JsonStringEnumMemberName("valid")]
    Valid,

    /// <summary>A line was changed, added, removed or moved.</summary>
    [JsonStringEnumMemberName("broken")]
    Broken,

    /// <summary>The existing lines are as they were written, but the database has more.</summary>
    [JsonStringEnumMemberName("truncated")]
    Truncated,
}
