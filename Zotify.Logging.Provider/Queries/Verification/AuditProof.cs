using Zotify.Logging.Journal;

namespace Zotify.Logging.Queries;

/// <summary>What continuous verification found last.</summary>
/// <param name="At">When it ended.</param>
/// <param name="Status">The outcome.</param>
/// <param name="Files">The result for the files.</param>
/// <param name="Rows">The result for the rows of the database.</param>
internal sealed record AuditProof(DateTimeOffset At, AuditVerificationStatus Status, AuditFilesStatus Files, AuditRowsStatus Rows)
{
    /// <summary>The number of the first line that is not as it was written; <see langword="null"/> where there is none.</summary>
    public long? FirstBadSeq { get; init; }

    /// <summary>The number of the first row that differs; <see langword="null"/> where there is none.</summary>
    public long? FirstBadRow { get; init; }

    /// <summary>What is wrong, or why the rows could not be verified; <see langword="null"/> where nothing is.</summary>
    public string? Reason { get; init; }

    /// <summary>The number of the last line that is proven; <see langword="null"/> where there is none.</summary>
    public long? ThroughSeq { get; init; }

    /// <summary>
    /// Where the next proof begins: before the first line of the last segment. All lines before it and their rows are proven.
    /// <see langword="null"/> where it must begin with the first line.
    /// </summary>
    public ChainPosition? Base { get; init; }
}
