using System.Data.Common;

namespace Zotify.Logging.Database;

/// <summary>
/// Is called before something is done with a connection, and makes it fail by throwing. This one does nothing; tests override it.
/// </summary>
internal class ConnectionTap
{
    /// <summary>Takes the place of a connection that the driver made.</summary>
    public virtual DbConnection Made(DbConnection connection) => connection;

    /// <summary>A connection is about to be opened.</summary>
    public virtual void Opening(DbConnection connection)
    {
    }

    /// <summary>A connection was opened.</summary>
    public virtual void Opened(DbConnection connection)
    {
    }

    /// <summary>A transaction is about to begin.</summary>
    public virtual void Beginning(DbConnection connection)
    {
    }

    /// <summary>A transaction is about to be committed.</summary>
    public virtual void Committing(DbTransaction transaction)
    {
    }

    /// <summary>A transaction was committed.</summary>
    public virtual void Committed()
    {
    }

    /// <summary>A statement is about to be put.</summary>
    public virtual Task PuttingAsync(DbCommand command) => Task.CompletedTask;
}
