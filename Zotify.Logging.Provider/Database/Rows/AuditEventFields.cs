using Zotify.Logging.Terms;

namespace Zotify.Logging.Database;

/// <summary>
/// What a reader sees of an audit event, for searches and their index. A search that changes this makes old indexes wrong.
/// </summary>
internal static class AuditEventFields
{
    /// <summary>
    /// Adds the message, exception, type, user, address, category and trace id, and the names and values of the details and the scope,
    /// among them a job's id. Times, level, instance and the line's numbers and hash have filters or proofs of their own.
    /// </summary>
    public static void Add(AuditEventRow row, SearchedText text)
    {
        text.Add(row.Message);
        text.Add(row.EventType);
        text.Add(row.UserId);
        text.Add(row.SourceIp);
        text.Add(row.Category);
        text.Add(row.TraceId);
        text.AddJson(row.Details);
        text.AddJson(row.Scope);
        text.Add(row.Exception);
    }
}
