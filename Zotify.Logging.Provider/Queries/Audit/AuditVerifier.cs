using Zotify.Logging.Provider.Database;
using Zotify.Logging.Provider.Journal;
using Zotify.Logging.Provider.Journal.Verification;
using Zotify.Logging.Provider.Queries.Audit.Verification;

namespace Zotify.Logging.Provider.Queries.Audit;

/// <summary>
/// Proves that the audit log is as it was written: numbers, hashes and signatures of its files, with the database as the
/// second witness. It reads everything, one verification at a time, and changes nothing; the log may be written meanwhile.
/// Thread-safe.
/// </summary>
public sealed class AuditVerifier
{
    private const int MaxAttempts = 3;

    private readonly string _directory;
    private readonly string _fileName;
    private readonly Func<string> _instance;
    private readonly Func<IReadOnlyList<HashKey>> _keys;
    private readonly LoggingDatabase _database;
    private readonly Func<IFreshness> _freshness;
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <param name="directory">The absolute log directory.</param>
    /// <param name="fileName">The active file below it.</param>
    /// <param name="instance">Reads the name of the writer.</param>
    /// <param name="keys">The keys in force.</param>
    /// <param name="database">The database.</param>
    /// <param name="freshness">Gets what waits for the events logged before to be in the files. Asked for only then: it needs a running service.</param>
    internal AuditVerifier(
        string directory, string fileName, Func<string> instance, Func<IReadOnlyList<HashKey>> keys, LoggingDatabase database, Func<IFreshness> freshness)
    {
        _directory = directory;
        _fileName = fileName;
        _instance = instance;
        _keys = keys;
        _database = database;
        _freshness = freshness;
    }

    /// <summary>The absolute path of the log directory.</summary>
    public string Directory => _directory;

    /// <summary>
    /// Verifies the audit log of the log directory, from its beginning on, and compares it with the database. Waits up to
    /// 250 ms for what this process logged before to be in the files; what is not is counted in <see cref="AuditVerification.Behind"/>.
    /// </summary>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    public async Task<AuditVerification> VerifyAsync(CancellationToken cancellationToken)
    {
        var behind = await _freshness().CatchUpAsync(cancellationToken).ConfigureAwait(false);
        return await VerifyWrittenAsync(cancellationToken).ConfigureAwait(false) with { Behind = behind };
    }

    /// <summary>As <see cref="VerifyAsync"/>, of the files as they are: where nothing was logged, it makes no service that would, and lock the directory.</summary>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    public Task<AuditVerification> VerifyWrittenAsync(CancellationToken cancellationToken) =>
        RunInTurnAsync(new JournalLocation(Path.Combine(_directory, _fileName)), isWhole: true, cancellationToken);

    /// <summary>
    /// Verifies files alone, such as copies: the audit log in a directory, that of an active file, or from a rolled file on.
    /// They may begin anywhere.
    /// </summary>
    /// <exception cref="FileNotFoundException">There is no audit log.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    public Task<AuditVerification> VerifyFilesAsync(string path, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var location = JournalLocation.Find(Path.GetFullPath(path), _fileName);
        return RunInTurnAsync(location, isWhole: false, cancellationToken);
    }

    private async Task<AuditVerification> RunInTurnAsync(JournalLocation location, bool isWhole, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // Reading files holds up its thread: not the caller's.
            return await Task.Run(() => RunAsync(location, isWhole, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<AuditVerification> RunAsync(JournalLocation location, bool isWhole, CancellationToken cancellationToken)
    {
        long? lastBad = null;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var witness = isWhole && _database.IsConfigured
                    ? await CallWitnessAsync(location, cancellationToken).ConfigureAwait(false)
                    : null;
                using var files = JournalFiles.Open(location);
                var result = await RunAsync(files, isWhole, witness, cancellationToken).ConfigureAwait(false);
                // What a writer or retention changes meanwhile may not fit together: what is found twice is so.
                var isCertain = result.Status == AuditVerificationStatus.Valid || result.FirstBadSeq == lastBad || !files.HaveChanged;
                if (isCertain || attempt == MaxAttempts) return result;
                lastBad = result.FirstBadSeq;
            }
            catch (FileNotFoundException) when (attempt < MaxAttempts)
            {
                // Retention took a segment away after it was listed.
            }
        }
    }

    private Task<DatabaseWitness> CallWitnessAsync(JournalLocation location, CancellationToken cancellationToken) =>
        DatabaseWitness.CallAsync(_database, new JournalIdentity(JournalIdFile.Read(location.JournalPath), _instance(), _fileName), cancellationToken);

    private async Task<AuditVerification> RunAsync(JournalFiles files, bool isWhole, DatabaseWitness? witness, CancellationToken cancellationToken)
    {
        using var chain = new ChainReader(files, _keys(), isWhole);
        ChainFault? fault = null;
        while (fault is null && chain.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (witness is null) continue;
            if (chain.Checked == 1) witness.Begin(LineTime.Of(chain.Line.Span)?.UtcDateTime);
            fault = await witness.FaultAsync(chain.Position!.Value, chain.Line, cancellationToken).ConfigureAwait(false);
        }

        fault ??= chain.Fault;
        if (fault is not null) return Result(chain, AuditVerificationStatus.Broken, fault, witness);
        if (chain.Checked == 0) witness?.Begin(first: null);
        return witness?.Missing(chain.Position?.Seq ?? 0) is { } missing
            ? Result(chain, AuditVerificationStatus.Truncated, missing, witness)
            : Result(chain, AuditVerificationStatus.Valid, fault: null, witness);
    }

    private static AuditVerification Result(ChainReader chain, AuditVerificationStatus status, ChainFault? fault, DatabaseWitness? witness) =>
        new()
        {
            Status = status,
            FirstBadSeq = fault?.Seq,
            Reason = fault is null ? null : $"line {fault.Seq}: {fault.Reason}",
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
        };
}
