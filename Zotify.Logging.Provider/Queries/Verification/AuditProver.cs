using Zotify.Logging.Journal;

namespace Zotify.Logging.Queries;

/// <summary>
/// Proves what is new in the audit log since its last proof, from the beginning of the segment that the last one ended in. If anything is
/// wrong there, or was not compared, the next proof reads it again. Used by one caller at a time; <see cref="Last"/> is thread-safe.
/// </summary>
/// <param name="verifier">Verifies the log.</param>
/// <param name="journalPath">The absolute path of the active segment.</param>
/// <param name="hasDatabase">Whether there are rows to compare.</param>
/// <param name="time">The clock.</param>
internal sealed class AuditProver(AuditVerifier verifier, string journalPath, bool hasDatabase, TimeProvider time)
{
    private readonly string _path = journalPath + SideFiles.Proof;
    private volatile AuditProof? _last;

    /// <summary>The last proof; <see langword="null"/> before the first.</summary>
    public AuditProof? Last => _last;

    /// <summary>The id of the journal that it proves; <see langword="null"/> where there is none yet.</summary>
    public Guid? Journal => JournalIdFile.Read(journalPath);

    /// <summary>The number of rolled segments' last one; 0 without any. It changes with each roll.</summary>
    public long LastRolled => Directory.Exists(Path.GetDirectoryName(journalPath)) && Segment.Rolled(journalPath) is [.., var last]
        ? last.FirstSeq
        : 0;

    /// <summary>Reads the proof of an earlier run.</summary>
    public void Open() => _last = AuditProofFile.Read(_path);

    /// <summary>Proves what is new.</summary>
    /// <exception cref="IOException">A file cannot be read, or the proof cannot be stored.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read or written.</exception>
    public async Task<AuditProof> ProveAsync(CancellationToken cancellationToken)
    {
        var start = _last?.Base;
        var result = start is { } since
            ? await verifier.VerifySinceAsync(since, cancellationToken).ConfigureAwait(false)
            : await verifier.VerifyWrittenAsync(cancellationToken).ConfigureAwait(false);
        // Retention may have deleted where it begins, or the log may be another one. All of it decides.
        if (start is not null && result.Status != AuditVerificationStatus.Valid)
        {
            start = null;
            result = await verifier.VerifyWrittenAsync(cancellationToken).ConfigureAwait(false);
        }

        var proof = new AuditProof(time.GetUtcNow(), result.Status, result.Files, result.Rows)
        {
            FirstBadSeq = result.FirstBadSeq,
            FirstBadRow = result.FirstBadRow,
            Reason = result.Reason ?? result.RowsReason,
            ThroughSeq = result.LastSeq,
            Base = BaseAfter(result, start),
        };
        _last = proof;
        AuditProofFile.Write(_path, proof);
        return proof;
    }

    private ChainPosition? BaseAfter(AuditVerification result, ChainPosition? before)
    {
        if (result.Status != AuditVerificationStatus.Valid) return null;
        var isCompared = !hasDatabase
            || (result.Rows is AuditRowsStatus.Valid or AuditRowsStatus.Behind && result.Database?.ThroughSeq >= result.SegmentStart?.Seq);
        return isCompared ? result.SegmentStart : before;
    }
}
