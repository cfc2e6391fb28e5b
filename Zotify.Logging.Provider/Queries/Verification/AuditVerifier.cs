using Zotify.Logging.Database;
using Zotify.Logging.Journal;

namespace Zotify.Logging.Queries;

/// <summary>
/// Proves that the audit log is as it was written: the numbers, hashes and signatures of its files, and every row of the database. Files
/// and rows are each other's witness. It reads everything, one verification at a time, and changes nothing. The log may be written
/// meanwhile. Thread-safe.
/// </summary>
public sealed class AuditVerifier
{
    private const int MaxAttempts = 10;

    private readonly string _directory;
    private readonly string _fileName;
    private readonly Func<string> _instance;
    private readonly Func<IReadOnlyList<HashKey>> _keys;
    private readonly LoggingDatabase _database;
    private readonly Func<IReadYourWrites> _readYourWrites;
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <param name="directory">The absolute log directory.</param>
    /// <param name="fileName">The active file below it.</param>
    /// <param name="instance">Reads the name of the writer.</param>
    /// <param name="keys">The keys in force.</param>
    /// <param name="database">The database.</param>
    /// <param name="readYourWrites">
    /// Returns the object that waits until events logged before are in the files. Called only when it is needed, because it needs a running
    /// service.
    /// </param>
    internal AuditVerifier(
        string directory, string fileName, Func<string> instance, Func<IReadOnlyList<HashKey>> keys, LoggingDatabase database,
        Func<IReadYourWrites> readYourWrites)
    {
        _directory = directory;
        _fileName = fileName;
        _instance = instance;
        _keys = keys;
        _database = database;
        _readYourWrites = readYourWrites;
    }

    /// <summary>The absolute path of the log directory.</summary>
    public string Directory => _directory;

    /// <summary>
    /// Verifies the audit log of the log directory, from its beginning on, and compares it with the database. Waits up to 250 ms until what
    /// this process logged before is in the files. Events that are not are counted in <see cref="AuditVerification.Behind"/>.
    /// </summary>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    public async Task<AuditVerification> VerifyAsync(CancellationToken cancellationToken = default)
    {
        var behind = await _readYourWrites().CatchUpAsync(cancellationToken).ConfigureAwait(false);
        return await VerifyWrittenAsync(cancellationToken).ConfigureAwait(false) with { Behind = behind };
    }

    /// <summary>
    /// As <see cref="VerifyAsync"/>, but verifies the files as they are. Where nothing was logged, it creates no service, which would lock
    /// the directory.
    /// </summary>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    public async Task<AuditVerification> VerifyWrittenAsync(CancellationToken cancellationToken = default)
    {
        var location = new JournalLocation(Path.Combine(_directory, _fileName));
        var result = await RunInTurnAsync(location, isWhole: true, cancellationToken).ConfigureAwait(false);
        var evidence = new AuditEvidenceReader(_database, location);
        return result with { Evidence = await evidence.ReadAsync(result, cancellationToken).ConfigureAwait(false) };
    }

    /// <summary>
    /// Verifies only files, such as copies: the audit log in a directory, that of an active file, or from a rolled file on. They may begin
    /// anywhere.
    /// </summary>
    /// <exception cref="FileNotFoundException">There is no audit log.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    public Task<AuditVerification> VerifyFilesAsync(string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var location = JournalLocation.Find(Path.GetFullPath(path), _fileName);
        return RunInTurnAsync(location, isWhole: false, cancellationToken);
    }

    /// <summary>
    /// Verifies only the lines after a proven one, which ended a file, and compares them with the database. Where retention has deleted the
    /// next line since, the result is broken, as it is where somebody else has.
    /// </summary>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    internal Task<AuditVerification> VerifySinceAsync(ChainPosition start, CancellationToken cancellationToken) => RunInTurnAsync(
        new JournalLocation(Path.Combine(_directory, _fileName), start.Seq + 1), isWhole: true, cancellationToken, start);

    private async Task<AuditVerification> RunInTurnAsync(
        JournalLocation location, bool isWhole, CancellationToken cancellationToken, ChainPosition? start = null)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // Reading files blocks a thread. It must not be the caller's.
            return await Task.Run(() => RunAsync(location, isWhole, start, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<AuditVerification> RunAsync(
        JournalLocation location, bool isWhole, ChainPosition? start, CancellationToken cancellationToken)
    {
        AuditVerification? before = null;
        for (var attempt = 1; ; attempt++)
        {
            using var witness = isWhole && _database.IsConfigured
                ? await ReadWitnessAsync(location, start is not null, cancellationToken).ConfigureAwait(false)
                : null;
            using var files = JournalFiles.Open(location);
            try
            {
                var result = await RunAsync(files, isWhole, start, witness, cancellationToken).ConfigureAwait(false);
                // Writers, the projection or retention may change something during a run. So only a fault that is found twice counts.
                if (result.Status == AuditVerificationStatus.Valid || IsSame(result, before) || attempt == MaxAttempts) return result;
                if (witness is null && !files.HaveChanged) return result;
                before = result;
            }
            catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
            {
                // Retention deleted a segment after it was listed. Now there are fewer, so the loop ends.
                attempt--;
            }
        }
    }

    private static bool IsSame(AuditVerification result, AuditVerification? before) =>
        (result.FirstBadSeq, result.FirstBadRow, result.FirstBadCount) == (before?.FirstBadSeq, before?.FirstBadRow, before?.FirstBadCount);

    private Task<DatabaseWitness> ReadWitnessAsync(JournalLocation location, bool isPart, CancellationToken cancellationToken)
    {
        var identity = new JournalIdentity(location.JournalPath, JournalIdFile.Read(location.JournalPath), _instance(), _fileName);
        return DatabaseWitness.OpenAsync(_database, identity, isPart, cancellationToken);
    }

    private async Task<AuditVerification> RunAsync(
        JournalFiles files, bool isWhole, ChainPosition? from, DatabaseWitness? witness, CancellationToken cancellationToken)
    {
        using var chain = new ChainReader(files, _keys(), isWhole, from);
        await ReadAsync(chain, witness, cancellationToken).ConfigureAwait(false);
        if (witness is null) return AuditFindings.Result(chain, null, chain.Fault, null);
        await witness.EndAsync(chain, cancellationToken).ConfigureAwait(false);
        var start = chain.LacksStart ? chain.Fault : null;
        var broken = AuditFindings.First(chain.LacksStart ? null : chain.Fault, witness.LineFault);
        if (broken is not null && start is null) return AuditFindings.Result(chain, witness, broken, null);
        (start, var missing) = await witness.FindMissingAsync(chain, start, cancellationToken).ConfigureAwait(false);
        return AuditFindings.Result(chain, witness, AuditFindings.First(broken, start), missing);
    }

    /// <summary>Reads the chain, and compares its lines with their rows at the same time.</summary>
    private static async Task ReadAsync(ChainReader chain, DatabaseWitness? witness, CancellationToken cancellationToken)
    {
        var rows = witness is null ? null : new ComparisonPipeline(witness, cancellationToken);
        try
        {
            while (chain.Read())
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (rows is not null) await rows.AddAsync(chain.Position!.Value, chain.Line).ConfigureAwait(false);
            }
        }
        finally
        {
            if (rows is not null) await rows.EndAsync().ConfigureAwait(false);
        }
    }
}
