using Zotify.Logging.Journal;

namespace Zotify.Logging.Queries;

/// <summary>Combines the findings of a verification. Pure functions.</summary>
internal static class AuditFindings
{
    /// <summary>The fault with the lower number.</summary>
    public static ChainFault? First(ChainFault? one, ChainFault? other) =>
        one is null || (other is not null && other.Seq < one.Seq) ? other : one;

    /// <summary>Builds the result.</summary>
    /// <param name="chain">The chain, read to its end or its first fault.</param>
    /// <param name="witness">The database; <see langword="null"/> where only files are verified.</param>
    /// <param name="broken">The fault in the files; <see langword="null"/> where there is none.</param>
    /// <param name="missing">The fault that the database has more lines; <see langword="null"/> where it has none.</param>
    public static AuditVerification Result(ChainReader chain, DatabaseWitness? witness, ChainFault? broken, ChainFault? missing)
    {
        var files = broken is not null ? AuditFilesStatus.Broken
            : missing is not null ? AuditFilesStatus.Truncated
            : AuditFilesStatus.Valid;
        var rows = Rows(chain, witness, files);
        var fault = broken ?? missing;
        var rowsReason = rows is AuditRowsStatus.Broken or AuditRowsStatus.Unknown ? Reason(witness, fault) : null;
        return new AuditVerification
        {
            Status = Worst(files, rows),
            Files = files,
            Rows = rows,
            FirstBadSeq = fault?.Seq,
            Reason = fault is not null ? $"line {fault.Seq}: {fault.Reason}" : rows == AuditRowsStatus.Broken ? rowsReason : null,
            FirstBadRow = witness?.RowFault?.Seq,
            FirstBadCount = witness?.CountFault,
            RowsReason = rowsReason,
            Checked = chain.Checked,
            File = chain.File,
            FirstSeq = chain.FirstSeq,
            LastSeq = chain.Position?.Seq,
            LastHash = chain.Position?.HashText,
            Anchored = chain.IsAnchored,
            SignedFrom = chain.SignedFrom,
            VoidLines = chain.VoidLines,
            UnfinishedBytes = chain.UnfinishedBytes,
            Database = witness?.ToResult(),
            SegmentStart = chain.SegmentStart,
        };
    }

    private static AuditVerificationStatus Worst(AuditFilesStatus files, AuditRowsStatus rows)
    {
        if (files == AuditFilesStatus.Broken || rows == AuditRowsStatus.Broken) return AuditVerificationStatus.Broken;
        return files == AuditFilesStatus.Truncated ? AuditVerificationStatus.Truncated : AuditVerificationStatus.Valid;
    }

    private static AuditRowsStatus Rows(ChainReader chain, DatabaseWitness? witness, AuditFilesStatus files) => witness switch
    {
        null => AuditRowsStatus.Unknown,
        { RowFault: not null } or { CountFault: not null } => AuditRowsStatus.Broken,
        { Unavailable: not null } => AuditRowsStatus.Unknown,
        _ when files != AuditFilesStatus.Valid => AuditRowsStatus.Unknown,
        _ => chain.Position?.Seq > witness.ThroughSeq ? AuditRowsStatus.Behind : AuditRowsStatus.Valid,
    };

    private static string Reason(DatabaseWitness? witness, ChainFault? fault) => witness switch
    {
        null => "only files were verified",
        { RowFault: { } row } => $"row {row.Seq}: {row.Reason}",
        { CountFault: { } count } => $"the count of {count.EventType} in the hour {count.Hour} differs from the number of its events",
        { Unavailable: { } unavailable } => $"the database could not be read: {unavailable}",
        _ => $"the files prove nothing about the rows from line {fault?.Seq} on",
    };
}
