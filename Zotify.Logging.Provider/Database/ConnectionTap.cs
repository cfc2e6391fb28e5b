using System.Data.Common;

namespace Zotify.Logging.Database;

/// <summary>
/// Hooks that run before and after operations on a connection. A hook makes the operation fail by throwing. These do nothing; tests
/// override them.
/// </summary>
internal class ConnectionTap
{
    /// <summary>Returns the connection to use instead of one that was created.</summary>
    public virtual DbConnection Created(DbConnection connection) => connection;

    /// <summary>Runs before a connection is opened.</summary>
    public virtual void Opening(DbConnection connection)
    {
    }

    /// <summary>Runs after a connection was opened.</summary>
    public virtual void Opened(DbConnection connection)
    {
    }

    /// <summary>Runs before a transaction begins.</summary>
    public virtual void Beginning(DbConnection connection)
    {
    }

    /// <summary>Runs before a transaction is committed.</summary>
    public virtual void Committing(DbTransaction transaction)
    {
    }

    /// <summary>Runs after a transaction was committed.</summary>
    public virtual void Committed()
    {
    }

    /// <summary>Runs before a statement is executed.</summary>
    public virtual Task ExecutingAsync(DbCommand command) => Task.CompletedTask;
}
