using System.Text.Json.Serialization;

namespace Zotify.Logging.Queries;

/// <summary>What a verification found in the rows that the database has of the audit log.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AuditRowsStatus>))]
public enum AuditRowsStatus
{
    /// <summary>Every row is its line's, and every line has its row.</summary>
    [JsonStringEnumMemberName("valid")]
    Valid,

    /// <summary>A row was changed, added or removed, or a count or a checkpoint was.</summary>
    [JsonStringEnumMemberName("broken")]
    Broken,

    /// <summary>The rows that are there are right, and the last lines have none yet.</summary>
    [JsonStringEnumMemberName("behind")]
    Behind,

    /// <summary>
    /// The rows were not compared, or not all of them: the database could not be read, or the files cannot serve as the measure.
    /// </summary>
    [JsonStringEnumMemberName("unknown")]
    Unknown,
}
