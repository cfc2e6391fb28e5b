using System.Data.Common;

namespace Zotify.Logging.Database;

/// <summary>The operations that differ between database engines. Thread-safe.</summary>
internal abstract class DatabaseEngine : IDisposable
{
    /// <summary>How the engine writes queries.</summary>
    public abstract SqlDialect Dialect { get; }

    /// <summary>Whether the engine's tables are migrated at the start where the options do not say.</summary>
    public abstract bool MigratesByItself { get; }

    /// <summary>
    /// How often subscribers poll the tables for commits of other processes: while rows arrive, and at most while none arrives.
    /// </summary>
    public abstract (TimeSpan Busy, TimeSpan Idle) PollInterval { get; }

    /// <summary>What a copy of all rows needs.</summary>
    public abstract CopySupport Copying { get; }

    /// <summary>
    /// The most rows of a transaction. A server locks a whole table where a statement locks some thousands of rows. Two small runs of the
    /// index of the texts, so that transactions of a journal that catches up end where runs end.
    /// </summary>
    public virtual int TransactionRows => 2_048;

    /// <summary>Opens a connection that only reads, and creates nothing.</summary>
    public abstract Task<LoggingConnection> OpenForReadingAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Opens a connection to an empty database with the tables of this version, if nobody has created the embedded database yet and this
    /// process does not write it: a log without records is not an error. Otherwise <see langword="null"/>.
    /// </summary>
    public virtual Task<LoggingConnection?> OpenEmptyAsync(CancellationToken cancellationToken) =>
        Task.FromResult<LoggingConnection?>(null);

    /// <summary>Opens a connection to a database of its own in memory; <see langword="null"/> where the engine has none.</summary>
    /// <param name="hasTables">Whether it has the tables of this version.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public virtual Task<LoggingConnection?> OpenScratchAsync(bool hasTables, CancellationToken cancellationToken) =>
        Task.FromResult<LoggingConnection?>(null);

    /// <summary>Opens a connection that writes.</summary>
    /// <param name="creates">
    /// Whether to create an embedded database where there is none. The file appears with all its tables at once, so that a process that
    /// ends early never leaves an empty one.
    /// </param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <exception cref="SchemaBehindException">There is no database, and <paramref name="creates"/> is false.</exception>
    public abstract Task<LoggingConnection> OpenForWritingAsync(bool creates, CancellationToken cancellationToken);

    /// <summary>Compares the tables with this program's version. Only reads.</summary>
    public abstract Task<SchemaState> ReadSchemaAsync(LoggingConnection connection, CancellationToken cancellationToken);

    /// <summary>
    /// Checks the settings of the database. Returns what an operator should change, and how; <see langword="null"/> where nothing.
    /// </summary>
    /// <exception cref="UnsuitableDatabaseException">The program cannot work with these settings.</exception>
    public virtual Task<string?> CheckSettingsAsync(LoggingConnection connection, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(null);

    /// <summary>Brings the tables up to this version. Safe when several processes do it at once, and when one of them is killed.</summary>
    /// <exception cref="SchemaAheadException">The tables are of a newer version.</exception>
    public abstract Task MigrateAsync(LoggingConnection connection, CancellationToken cancellationToken);

    /// <summary>The statements that bring the tables of any version up to this one. Running them again changes nothing.</summary>
    public abstract string Script();

    /// <summary>
    /// The statements that create roles with the least rights for each use of the tables; <see langword="null"/> where the engine has no
    /// roles. Running them again changes nothing.
    /// </summary>
    public virtual string? RolesScript() => null;

    /// <summary>Throws where the login lacks rights that a use of the tables needs. Where the engine has no rights, nobody lacks
    /// them.</summary>
    /// <exception cref="MissingRightsException">It lacks some.</exception>
    /// <exception cref="MissingTablesException">Tables are gone.</exception>
    public virtual Task EnsureRightsAsync(LoggingConnection connection, DatabaseUse use, CancellationToken cancellationToken) =>
        Task.CompletedTask;

    /// <summary>Waits until no other writer of this process is active, where the engine allows only one. Dispose the result to
    /// leave.</summary>
    public abstract Task<IDisposable> EnterWriteAsync(CancellationToken cancellationToken);

    /// <summary>
    /// A query that waits until no other transaction uses some jobs, reserves them until its transaction ends, and reads them. Otherwise
    /// two instances that log to one job at once could both add to the same old numbers, and one addition would be lost.
    /// </summary>
    /// <param name="columns">The columns to read, of <c>jobs AS j</c>.</param>
    /// <param name="jobIds">A JSON array of the jobs. Those that do not exist yet are not reserved.</param>
    public virtual SqlQuery ReserveJobs(string columns, string jobIds) => SqlQuery.Raw(
        $"SELECT {columns}\nFROM jobs AS j\nWHERE {Dialect.InJson("j.job_id", "@ids")}", Dialect.Parameter("@ids", jobIds));

    /// <summary>
    /// Waits until no other transaction compares journals of a name with the database, and makes others wait until the connection's
    /// transaction ends. Locks no row, so that whoever projects goes on meanwhile.
    /// </summary>
    /// <exception cref="TimeoutException">Somebody else has been comparing for a minute.</exception>
    public abstract Task EnterComparisonAsync(LoggingConnection connection, string name, CancellationToken cancellationToken);

    /// <summary>
    /// Prepares the connection's transaction for deleting. Only one transaction of all that use the database deletes at a time. In a
    /// deadlock with a writer, the deleting transaction is the one that fails.
    /// </summary>
    /// <exception cref="TimeoutException">Somebody else has been deleting for a minute.</exception>
    public abstract Task EnterRetentionAsync(LoggingConnection connection, CancellationToken cancellationToken);

    /// <summary>
    /// Returns when all that was committed before is on the database's disk, whoever committed it. For before the deletion of what the
    /// rows could be made from again. Waits for its turn to write. A server's commit is on its disk already.
    /// </summary>
    /// <exception cref="DbException">It is not known to be there.</exception>
    public virtual Task SyncAsync(LoggingConnection connection, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Inserts the rows, in their order, in the connection's transaction.</summary>
    /// <exception cref="DbException">Not all could be inserted.</exception>
    public abstract Task InsertAsync<TRow>(
        LoggingConnection connection, SqlTable<TRow> table, IReadOnlyList<TRow> rows, CancellationToken cancellationToken);

    /// <summary>
    /// Whether the exception means that the database refuses a row for its content, and always will. The transaction has committed nothing
    /// then, and the connection is still usable: the projector bisects the batch down to the row's line and sets that aside. Never true for
    /// a failure that another attempt or an operator may cure, because the journal waits for that: a lock, a deadlock, a full disk, a lost
    /// connection, a missing table, a key that another instance added a moment before.
    /// </summary>
    public abstract bool IsRefusal(Exception exception);

    /// <summary>
    /// True where the file of an embedded database was deleted, moved or replaced while this connection has it open: what the connection
    /// writes is lost, and a new connection would open another file. Never true for a server.
    /// </summary>
    public abstract bool IsReplaced(LoggingConnection connection);

    /// <summary>Whether the exception means that a row with the same key exists already.</summary>
    public abstract bool IsDuplicate(Exception exception);

    /// <summary>Whether a retry may succeed without a report: after a deadlock or a lost connection.</summary>
    public abstract bool IsTransient(Exception exception);

    /// <summary>
    /// Whether a statement took longer than the connection allows. A query that is retried takes as long again.
    /// </summary>
    public virtual bool IsTimeout(Exception exception) => false;

    /// <summary>
    /// Whether the failure lasts until somebody acts: missing rights, a file that is not a database, a library that cannot be loaded. Never
    /// true where a retry may succeed.
    /// </summary>
    public abstract bool IsPermanent(Exception exception);

    /// <summary>Closes the pooled connections.</summary>
    public abstract void Dispose();
}
