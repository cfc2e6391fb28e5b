using System.Text.Json.Serialization;

namespace Zotify.Logging.Queries;

/// <summary>The result of verifying the database's rows of the audit log.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AuditRowsStatus>))]
public enum AuditRowsStatus
{
    /// <summary>Every row matches its line, and every line has its row.</summary>
    [JsonStringEnumMemberName("valid")]
    Valid,

    /// <summary>A row, a count or a checkpoint was changed, added or removed.</summary>
    [JsonStringEnumMemberName("broken")]
    Broken,

    /// <summary>The existing rows are right, but the last lines have none yet.</summary>
    [JsonStringEnumMemberName("behind")]
    Behind,

    /// <summary>
    /// The rows were not compared, or not all of them: the database could not be read, or the files cannot serve as the reference.
    /// </summary>
    [JsonStringEnumMemberName("unknown")]
    Unknown,
}
