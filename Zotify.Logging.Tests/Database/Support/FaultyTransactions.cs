using System.Data.Common;
using Zotify.Logging.Database;

namespace Zotify.Logging.Tests.Database.Support;

/// <summary>Makes every other transaction, or every third, fail at one moment, those of migrations included.</summary>
internal sealed class FaultyTransactions(Fault fault, int every = 2) : ConnectionTap
{
    private int _count;

    public int Failures { get; private set; }

    public void FailNowAndThen(Fault moment)
    {
        if (moment != fault || ++_count % every != 1) return;
        Failures++;
        throw new IOException($"Injected: {moment}.");
    }

    public override void Beginning(DbConnection connection) => FailNowAndThen(Fault.WhenItBegins);

    public override void Committing(DbTransaction transaction) => FailNowAndThen(Fault.BeforeTheCommit);

    public override void Committed() => FailNowAndThen(Fault.AfterTheCommit);
}
