using System.Data.Common;
using Zotify.Logging.Database;

namespace Zotify.Logging.Tests.Database.Projection.Identity;

/// <summary>
/// A process that ends at one of the steps of a projection: from then on it changes neither files nor database. Its open transaction is
/// rolled back. A step is an operation on the journal or the database.
/// </summary>
/// <param name="steps">How many steps it makes before it ends.</param>
internal sealed class EndingProcess(int steps) : ConnectionTap
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _left = steps;

    /// <summary>Completes when it has ended.</summary>
    public Task Ended => _ended.Task;

    public void Step()
    {
        if (Interlocked.Decrement(ref _left) >= 0) return;
        _ended.TrySetResult();
        throw new IOException("The process has ended.");
    }

    public override void Opening(DbConnection connection) => Step();

    public override void Beginning(DbConnection connection) => Step();

    public override Task ExecutingAsync(DbCommand command)
    {
        Step();
        return Task.CompletedTask;
    }

    public override void Committing(DbTransaction transaction) => Step();

    public override void Committed() => Step();
}
