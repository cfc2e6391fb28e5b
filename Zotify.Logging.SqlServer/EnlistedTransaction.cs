using System.Data.Common;
using System.Runtime.ExceptionServices;
using System.Transactions;
using Microsoft.Data.SqlClient;

namespace Zotify.Logging.SqlServer;

/// <summary>
/// A transaction that a connection is enlisted in. To the server it is one like any other; commands do not name it. The driver's bulk
/// insert keeps the metadata of a table from one such transaction to the next, but not between the driver's own transactions: it has to be
/// made anew for each of those. Used by one thread at a time.
/// </summary>
internal sealed class EnlistedTransaction : DbTransaction
{
    private readonly CommittableTransaction _transaction;

    private EnlistedTransaction(CommittableTransaction transaction) => _transaction = transaction;

    /// <inheritdoc/>
    public override System.Data.IsolationLevel IsolationLevel => System.Data.IsolationLevel.ReadCommitted;

    /// <inheritdoc/>
    protected override DbConnection? DbConnection => null;

    /// <summary>
    /// Begins one. It is rolled back if it takes longer than the process allows: 10 minutes, unless the application has changed that.
    /// </summary>
    /// <exception cref="DbException">The server refused it, or the connection is lost.</exception>
    public static EnlistedTransaction Begin(SqlConnection connection)
    {
        var transaction = new CommittableTransaction(new TransactionOptions
        {
            IsolationLevel = System.Transactions.IsolationLevel.ReadCommitted, Timeout = TransactionManager.MaximumTimeout,
        });
        try
        {
            Run(() => connection.EnlistTransaction(transaction));
            return new EnlistedTransaction(transaction);
        }
        catch
        {
            transaction.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public override void Commit() => Run(_transaction.Commit);

    /// <inheritdoc/>
    public override void Rollback() => _transaction.Rollback();

    /// <inheritdoc/>
    // Rolls it back where it is still active.
    protected override void Dispose(bool disposing)
    {
        if (disposing) _transaction.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>Throws the server's error as it came, not within one about transactions.</summary>
    private static void Run(Action action)
    {
        try
        {
            action();
        }
        catch (TransactionException exception) when (exception.InnerException is DbException cause)
        {
            ExceptionDispatchInfo.Throw(cause);
        }
    }
}
