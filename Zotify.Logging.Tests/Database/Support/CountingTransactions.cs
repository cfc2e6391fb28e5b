using Zotify.Logging.Database;

namespace Zotify.Logging.Tests.Database.Support;

/// <summary>Counts the transactions that were committed.</summary>
internal sealed class CountingTransactions : ConnectionTap
{
    public int Commits { get; private set; }

    public override void Committed() => Commits++;
}
