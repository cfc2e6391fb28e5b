using System.Data.Common;

namespace Zotify.Logging.Database;

/// <summary>What differs from one database engine to the next. Thread-safe.</summary>
internal abstract class DatabaseEngine : IDisposable
{
    /// <summary>How queries are put.</summary>
    public abstract SqlDialect Dialect { get; }

    /// <summary>The index of the audit events' texts; <see langword="null"/> where there is none.</summary>
    public virtual TextIndex? Texts => null;

    /// <summary>Whether the engine's tables are brought up to date at the start where the options do not say.</summary>
    public abstract bool MigratesByItself { get; }

    /// <summary>
    /// How often subscribers poll the tables for what other processes commit: while rows arrive, and at the longest when none does.
    /// </summary>
    public abstract (TimeSpan Busy, TimeSpan Idle) PollInterval { get; }

    /// <summary>An open connection that only reads, and creates nothing.</summary>
    public abstract Task<LoggingConnection> OpenForReadingAsync(CancellationToken cancellationToken);

    /// <summary>An open connection that writes.</summary>
    /// <param name="creates">
    /// Whether an embedded database that is not there is made. It then appears with all its tables at once, so that no process that ends
    /// early leaves an empty one.
    /// </param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="SchemaBehindException">There is none, and it is not to be made.</exception>
    public abstract Task<LoggingConnection> OpenForWritingAsync(bool creates, CancellationToken cancellationToken);

    /// <summary>How the tables stand to this program. Only reads.</summary>
    public abstract Task<SchemaState> ReadSchemaAsync(LoggingConnection connection, CancellationToken cancellationToken);

    /// <summary>Brings the tables up to this version. Safe when several processes do it at once, and when one dies at it.</summary>
    /// <exception cref="SchemaAheadException">The tables are of a newer version.</exception>
    public abstract Task MigrateAsync(LoggingConnection connection, CancellationToken cancellationToken);

    /// <summary>The statements that bring the tables of any version up to this one; to run them again changes nothing.</summary>
    public abstract string Script();

    /// <summary>Waits until no other writer of this process is at work, where the engine takes one at a time. Dispose to leave.</summary>
    public abstract Task<IDisposable> EnterWriteAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Waits until no other transaction is at these jobs, and keeps others off them until the connection's own ends. Without that,
    /// of two instances that log to one job at once one would have added to numbers that are not true any more.
    /// </summary>
    /// <param name="connection">The connection, in its transaction.</param>
    /// <param name="jobIds">A JSON array of the jobs; those that are not there yet are nobody's.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public abstract Task ReserveJobsAsync(LoggingConnection connection, string jobIds, CancellationToken cancellationToken);

    /// <summary>
    /// Makes the connection's transaction one that deletes: the only one of all who use the database, and the one that gives way
    /// where it and a writer wait for each other.
    /// </summary>
    /// <exception cref="TimeoutException">Somebody else has been deleting for a minute.</exception>
    public abstract Task EnterRetentionAsync(LoggingConnection connection, CancellationToken cancellationToken);

    /// <summary>Inserts the rows, in their order, in the connection's transaction.</summary>
    /// <exception cref="DbException">Not all could be inserted.</exception>
    public abstract Task InsertAsync<TRow>(
        LoggingConnection connection, SqlTable<TRow> table, IReadOnlyList<TRow> rows, CancellationToken cancellationToken);

    /// <summary>
    /// Whether the exception says that the database refuses a row for what is in it, and will refuse it every time. Nothing
    /// of the transaction is committed then, and the connection is still good: the projector narrows the batch down to the
    /// row's line and sets it aside. Never true for what another attempt or an operator may cure, for then the journal waits: a
    /// lock, a deadlock, a full disk, a lost connection, a missing table, a key that another instance added a moment before.
    /// </summary>
    public abstract bool IsRefusal(Exception exception);

    /// <summary>
    /// Whether a new connection would not reach what this connection has open: the file of an embedded database was deleted, moved
    /// or replaced, and what is written goes nowhere. Never true for a server.
    /// </summary>
    public abstract bool IsReplaced(LoggingConnection connection);

    /// <summary>Whether the same may succeed when it is tried again, without a report: a deadlock, a lost connection.</summary>
    public abstract bool IsTransient(Exception exception);

    /// <summary>
    /// Whether the exception says what lasts until somebody acts: rights that are missing, a file that is no database, a library that
    /// cannot be loaded. Never true for what another attempt may cure.
    /// </summary>
    public abstract bool IsPermanent(Exception exception);

    /// <summary>Closes the connections that are kept for reuse.</summary>
    public abstract void Dispose();
}
