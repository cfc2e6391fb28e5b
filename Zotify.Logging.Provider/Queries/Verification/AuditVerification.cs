using System.Text.Json.Serialization;
using Zotify.Logging.Journal;

namespace Zotify.Logging.Queries;

/// <summary>The result of verifying the audit log.</summary>
public sealed record AuditVerification
{
    /// <summary>The outcome: the worse of <see cref="Files"/> and <see cref="Rows"/>.</summary>
    public required AuditVerificationStatus Status { get; init; }

    /// <summary>The result for the files.</summary>
    public required AuditFilesStatus Files { get; init; }

    /// <summary>The result for the rows of the database.</summary>
    public required AuditRowsStatus Rows { get; init; }

    /// <summary>
    /// The number of the first line that is missing, or not as it was written; <see langword="null"/> where the files are valid.
    /// </summary>
    public long? FirstBadSeq { get; init; }

    /// <summary>What is wrong there, or with the rows where the files are valid; <see langword="null"/> for a valid log.</summary>
    public string? Reason { get; init; }

    /// <summary>
    /// The number of the first row that is missing, was added, or differs from its line; <see langword="null"/> where there is none.
    /// </summary>
    public long? FirstBadRow { get; init; }

    /// <summary>The first count that differs from the number of its events; <see langword="null"/> where there is none.</summary>
    public AuditCountFault? FirstBadCount { get; init; }

    /// <summary>
    /// What is wrong with the rows, or why they could not be verified; <see langword="null"/> where they are valid or behind.
    /// </summary>
    public string? RowsReason { get; init; }

    /// <summary>How many lines were verified, up to the first bad one.</summary>
    public required long Checked { get; init; }

    /// <summary>
    /// The name of the last file that was read; for a broken log, of the file with the first bad line. <see langword="null"/> where there
    /// is none.
    /// </summary>
    public string? File { get; init; }

    /// <summary>The number of the first line that exists.</summary>
    public long? FirstSeq { get; init; }

    /// <summary>The number of the last line that was verified.</summary>
    public long? LastSeq { get; init; }

    /// <summary>The hash of that line, base64url. If you note it elsewhere, it can later prove that nothing before it was
    /// changed.</summary>
    public string? LastHash { get; init; }

    /// <summary>
    /// Whether the start is proven: the log begins with line 1, or an event <c>audit.pruned</c> accounts for the lines that retention
    /// deleted. Otherwise nothing is known about the lines before the first, and the content of the first line is not proven either.
    /// </summary>
    public required bool Anchored { get; init; }

    /// <summary>
    /// The number of the first line that a key signed; <see langword="null"/> where none is signed. Anybody who can write the files can
    /// rewrite unsigned lines with all their hashes, so only the database's copy proves those.
    /// </summary>
    public long? SignedFrom { get; init; }

    /// <summary>How many lines are void: written before a failed flush, and again in the next file.</summary>
    public long VoidLines { get; init; }

    /// <summary>
    /// How many bytes of unfinished lines the files end with. Such a line is being written, or was torn by a crash or a full disk.
    /// </summary>
    public long UnfinishedBytes { get; init; }

    /// <summary>
    /// The first bad line as it is in the file, and its row in the database; <see langword="null"/> where there is none, or where only
    /// files were verified.
    /// </summary>
    public AuditEvidence? Evidence { get; init; }

    /// <summary>The comparison with the database; <see langword="null"/> where only files were verified.</summary>
    public AuditWitness? Database { get; init; }

    /// <summary>
    /// <see langword="false"/> where events that this process logged before were not in the files yet, so that they are not verified;
    /// <see langword="null"/> otherwise.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Complete => Behind > 0 ? false : null;

    /// <summary>
    /// The position before the first line of the last file; <see langword="null"/> where it is not known. A later proof can begin there.
    /// </summary>
    internal ChainPosition? SegmentStart { get; init; }

    /// <summary>How many events those are; 0 where there are none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long Behind { get; init; }
}
