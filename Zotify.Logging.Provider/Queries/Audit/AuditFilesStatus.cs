using System.Text.Json.Serialization;

namespace Zotify.Logging.Queries;

/// <summary>What a verification found in the files of the audit log.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AuditFilesStatus>))]
public enum AuditFilesStatus
{
    /// <summary>Every line is as it was written.</summary>
    [JsonStringEnumMemberName("valid")]
    Valid,

    /// <summary>A line was changed, added, removed or moved.</summary>
    [JsonStringEnumMemberName("broken")]
    Broken,

    /// <summary>The lines that are there are as they were written, and the database has more.</summary>
    [JsonStringEnumMemberName("truncated")]
    Truncated,
}
