using Zotify.Logging.Queries;

namespace Zotify.Logging.Tests.Queries.Audit.Verification;

/// <summary>The expected result of a verification.</summary>
/// <param name="Files">The status of the files.</param>
/// <param name="Line">The first bad line.</param>
/// <param name="Row">The first bad row.</param>
/// <param name="Count">The type of the first wrong count; checked only if it is given.</param>
internal sealed record Expected(AuditFilesStatus Files, long? Line, long? Row = null, string? Count = null)
{
    public static Expected BrokenLine(long line, long? row = null) => new(AuditFilesStatus.Broken, line, row);

    public static Expected Truncated(long line) => new(AuditFilesStatus.Truncated, line);

    public static Expected BadRow(long row) => new(AuditFilesStatus.Valid, null, row);

    public static Expected BadCount(string type) => new(AuditFilesStatus.Valid, null, null, type);

    /// <summary>The result of a verification, in the same form.</summary>
    public static Expected Of(AuditVerification result, bool withCount) =>
        new(result.Files, result.FirstBadSeq, result.FirstBadRow, withCount ? result.FirstBadCount?.EventType : null);
}
