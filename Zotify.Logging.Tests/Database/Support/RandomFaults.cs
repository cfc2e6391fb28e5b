using System.Data.Common;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using Zotify.Logging.Database;

namespace Zotify.Logging.Tests.Database.Support;

/// <summary>
/// Makes a database fail at random, every few transactions, at each moment in turn. The times between two faults come from a
/// seed; which transaction they meet depends on the threads.
/// </summary>
internal sealed class RandomFaults(int seed) : ConnectionTap
{
    private readonly Lock _gate = new();
    private readonly Random _random = new(seed);
    private readonly int[] _counts = new int[Enum.GetValues<Moment>().Length];
    private Moment _next;
    private int _left = 1;

    /// <summary>In the order of their occurrence: a connection is opened only after something failed.</summary>
    public enum Moment
    {
        WhenTheTransactionBegins,
        InTheTransaction,
        BeforeTheCommit,
        InTheCommit,
        AfterTheCommitBeforeTheAnswer,
        WhenTheConnectionIsOpened,
    }

    /// <summary>How often each moment failed.</summary>
    public IReadOnlyDictionary<Moment, int> Counts =>
        Enum.GetValues<Moment>().ToDictionary(moment => moment, moment => _counts[(int)moment]);

    public override void Opening(DbConnection connection) => Fail(Moment.WhenTheConnectionIsOpened);

    public override Task ExecutingAsync(DbCommand command)
    {
        // Including reads and writes after the rows were inserted.
        if (command.Transaction is not null) Fail(Moment.InTheTransaction);
        return Task.CompletedTask;
    }

    public override void Beginning(DbConnection connection) => Fail(Moment.WhenTheTransactionBegins);

    public override void Committing(DbTransaction transaction)
    {
        Fail(Moment.BeforeTheCommit);
        // The driver finds out by itself.
        if (IsTime(Moment.InTheCommit)) transaction.Connection!.Close();
    }

    public override void Committed() => Fail(Moment.AfterTheCommitBeforeTheAnswer);

    private void Fail(Moment moment)
    {
        if (IsTime(moment)) throw new SqliteException($"Injected: {moment}.", raw.SQLITE_IOERR);
    }

    private bool IsTime(Moment moment)
    {
        lock (_gate)
        {
            if (moment != _next || --_left > 0) return false;
            _counts[(int)moment]++;
            _next = (Moment)(((int)moment + 1) % _counts.Length);
            _left = _next == Moment.WhenTheConnectionIsOpened ? 1 : _random.Next(1, 4);
            return true;
        }
    }
}
