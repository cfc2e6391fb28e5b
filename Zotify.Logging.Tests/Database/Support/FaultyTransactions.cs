using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Zotify.Logging.Tests.Database.Support;

/// <summary>Makes every other transaction, or every third, fail at one moment, those of migrations included.</summary>
internal sealed class FaultyTransactions(Fault fault, int every = 2) : DbTransactionInterceptor
{
    private int _count;

    public int Failures { get; private set; }

    public void FailNowAndThen(Fault moment)
    {
        if (moment != fault || ++_count % every != 1) return;
        Failures++;
        throw new IOException($"Injected: {moment}.");
    }

    public override ValueTask<InterceptionResult<DbTransaction>> TransactionStartingAsync(
        DbConnection connection, TransactionStartingEventData eventData, InterceptionResult<DbTransaction> result, CancellationToken cancellationToken = default)
    {
        FailNowAndThen(Fault.WhenItBegins);
        return ValueTask.FromResult(result);
    }

    public override ValueTask<InterceptionResult> TransactionCommittingAsync(
        DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        FailNowAndThen(Fault.BeforeTheCommit);
        return ValueTask.FromResult(result);
    }

    public override Task TransactionCommittedAsync(
        DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        FailNowAndThen(Fault.AfterTheCommit);
        return Task.CompletedTask;
    }
}
