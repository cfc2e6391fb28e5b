using System.Data.Common;
using Zotify.Logging.Database;
using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Database.Copying;

/// <summary>Lets a number of transactions succeed, then makes one fail. The copy ends there, as its process would.</summary>
/// <param name="fault">The moment at which it fails.</param>
/// <param name="after">How many transactions succeed before.</param>
internal sealed class FailingOnce(Fault fault, int after = 0) : ConnectionTap
{
    private int _after = after;
    private int _count;

    public int Failures { get; private set; }

    /// <summary>For the next run, in which one more transaction succeeds than in the one before.</summary>
    public FailingOnce Next()
    {
        _count = 0;
        _after = Failures;
        return this;
    }

    public override void Beginning(DbConnection connection) => Reach(Fault.WhenItBegins);

    public override void Committing(DbTransaction transaction) => Reach(Fault.BeforeTheCommit);

    public override void Committed() => Reach(Fault.AfterTheCommit);

    private void Reach(Fault moment)
    {
        if (moment != fault || _count++ < _after) return;
        Failures++;
        throw new IOException($"Injected: {moment}.");
    }
}
