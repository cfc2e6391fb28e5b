using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Zotify.Logging.Tests.Database.Support;

/// <summary>Counts the transactions that were committed.</summary>
internal sealed class CountingTransactions : DbTransactionInterceptor
{
    public int Commits { get; private set; }

    public override Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Commits++;
        return Task.CompletedTask;
    }
}
