using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Zotify.Logging.Tests.Database.Support;

/// <summary>Makes every other transaction fail at one moment, those of migrations included.</summary>
internal sealed class FaultyTransactions(Fault fault) : DbTransactionInterceptor
{
    private int _count;

    public int Failures => _count / 2;

    public void FailEveryOther(Fault moment)
    {
        if (moment == fault && ++_count % 2 == 1) throw new IOException($"Injected: {moment}.");
    }

    public override ValueTask<InterceptionResult<DbTransaction>> TransactionStartingAsync(
        DbConnection connection, TransactionStartingEventData eventData, InterceptionResult<DbTransaction> result, CancellationToken cancellationToken = default)
    {
        FailEveryOther(Fault.WhenItBegins);
        return ValueTask.FromResult(result);
    }

    public override ValueTask<InterceptionResult> TransactionCommittingAsync(
        DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        FailEveryOther(Fault.BeforeTheCommit);
        return ValueTask.FromResult(result);
    }

    public override Task TransactionCommittedAsync(
        DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        FailEveryOther(Fault.AfterTheCommit);
        return Task.CompletedTask;
    }
}
