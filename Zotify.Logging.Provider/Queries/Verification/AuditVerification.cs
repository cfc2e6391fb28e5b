using System.Text.Json.Serialization;

namespace Zotify.Logging.Queries;

/// <summary>What a verification of the audit log found.</summary>
public sealed record AuditVerification
{
    /// <summary>The outcome: the worse of <see cref="Files"/> and <see cref="Rows"/>.</summary>
    public required AuditVerificationStatus Status { get; init; }

    /// <summary>What was found in the files.</summary>
    public required AuditFilesStatus Files { get; init; }

    /// <summary>What was found in the rows of the database.</summary>
    public required AuditRowsStatus Rows { get; init; }

    /// <summary>
    /// The number of the first line that is missing, or not as it was written; <see langword="null"/> where the files are
    /// valid.
    /// </summary>
    public long? FirstBadSeq { get; init; }

    /// <summary>What is wrong there, or with the rows where the files are valid; <see langword="null"/> for a valid log.</summary>
    public string? Reason { get; init; }

    /// <summary>
    /// The number of the first row that is missing, was added, or is not as its line has it; <see langword="null"/> where
    /// there is none.
    /// </summary>
    public long? FirstBadRow { get; init; }

    /// <summary>The first count that is not the number of its events; <see langword="null"/> where there is none.</summary>
    public AuditCountFault? FirstBadCount { get; init; }

    /// <summary>
    /// What is wrong with the rows, or why they are not known to be right; <see langword="null"/> where they are valid or
    /// behind.
    /// </summary>
    public string? RowsReason { get; init; }

    /// <summary>How many lines were verified, up to the first bad one.</summary>
    public required long Checked { get; init; }

    /// <summary>
    /// The name of the file that was read last: of a broken log the one with the first bad line. <see langword="null"/> where
    /// there is none.
    /// </summary>
    public string? File { get; init; }

    /// <summary>The number of the first line that is there.</summary>
    public long? FirstSeq { get; init; }

    /// <summary>The number of the last line that was verified.</summary>
    public long? LastSeq { get; init; }

    /// <summary>The hash of that line, base64url: whoever notes it elsewhere can prove later that nothing before it was changed.</summary>
    public string? LastHash { get; init; }

    /// <summary>
    /// Whether the start is proven: the log begins with line 1, or an event <c>audit.pruned</c> accounts for what retention
    /// took away. Where not, nothing is known of what was before the first line, and its own content is not proven either.
    /// </summary>
    public required bool Anchored { get; init; }

    /// <summary>
    /// The number of the first line that a key signed; <see langword="null"/> where none is. Whoever can write the files can
    /// write unsigned lines anew with all their hashes: of those, only the database's copy is proof.
    /// </summary>
    public long? SignedFrom { get; init; }

    /// <summary>How many lines are void: written before a failed flush, and the same again in the next file.</summary>
    public long VoidLines { get; init; }

    /// <summary>
    /// How many bytes of unfinished lines the files end with: of one that is being written, or was torn by a crash or a full
    /// disk.
    /// </summary>
    public long UnfinishedBytes { get; init; }

    /// <summary>What the database had to say; <see langword="null"/> where it was not to be asked.</summary>
    public AuditWitness? Database { get; init; }

    /// <summary>
    /// <see langword="false"/> where events that this process logged before were not in the files yet, and are not in this;
    /// <see langword="null"/> otherwise.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Complete => Behind > 0 ? false : null;

    /// <summary>How many events those are; 0 where all were there.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long Behind { get; init; }
}
