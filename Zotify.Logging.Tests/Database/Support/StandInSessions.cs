using System.Data;
using System.Data.Common;
using Microsoft.Data.SqlClient;
using Zotify.Logging.Database;

namespace Zotify.Logging.Tests.Database.Support;

/// <summary>
/// Keeps the stand-in's sessions open for later connections to the same database, because the first statements of a session take a second
/// there. Counts the connections of a store that are open. Thread-safe.
/// </summary>
/// <param name="database">The database that the sessions belong to.</param>
internal sealed class StandInSessions(SqlServerDatabase database)
{
    private int _open;

    /// <summary>How many connections are open that somebody has not closed.</summary>
    public int Open => Volatile.Read(ref _open);

    /// <summary>Runs the hooks of <paramref name="tap"/> on connections that use the sessions.</summary>
    public ConnectionTap Over(ConnectionTap tap) => new Tap(this, tap);

    private SqlConnection Connection()
    {
        var connection = new SqlConnection(database.PooledConnectionString);
        connection.StateChange += (_, change) =>
        {
            if (change.CurrentState == ConnectionState.Open) Interlocked.Increment(ref _open);
            else if (change.OriginalState == ConnectionState.Open) Interlocked.Decrement(ref _open);
        };
        return connection;
    }

    private sealed class Tap(StandInSessions sessions, ConnectionTap inner) : ConnectionTap
    {
        public override DbConnection Created(DbConnection connection)
        {
            connection.Dispose();
            return inner.Created(sessions.Connection());
        }

        public override void Opening(DbConnection connection) => inner.Opening(connection);

        public override void Opened(DbConnection connection) => inner.Opened(connection);

        public override void Beginning(DbConnection connection) => inner.Beginning(connection);

        public override void Committing(DbTransaction transaction) => inner.Committing(transaction);

        public override void Committed() => inner.Committed();

        public override Task ExecutingAsync(DbCommand command) => inner.ExecutingAsync(command);
    }
}
