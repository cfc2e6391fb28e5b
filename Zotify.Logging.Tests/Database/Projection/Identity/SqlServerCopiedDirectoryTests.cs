using System.Data.Common;
using Zotify.Logging.Database;
using Zotify.Logging.Journal;
using Zotify.Logging.Projection;
using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Database.Projection.Identity;

[TestClass]
[SqlServerCondition]
public sealed class SqlServerCopiedDirectoryTests : CopiedDirectoryContract
{
    [TestMethod]
    public async Task Others_go_on_while_one_compares_its_old_files_and_a_second_one_waits_for_it()
    {
        var busy = await ProjectedAsync(JournalKind.Jobs, 1, "busy");
        var gate = new ComparisonGate();
        var (firstJournal, first) = await OldAsync("first", Store.Open(gate));
        await using var ownFirst = first;
        var (secondJournal, second) = await OldAsync("second", Store.Open());
        await using var ownSecond = second;
        gate.IsClosed = true;

        var firstDone = first.ApplyAsync(first.Parse(firstJournal.Read(first.Checkpoint, 10)), Cancellation);
        await gate.Reached.WaitAsync(Cancellation);
        var secondDone = second.ApplyAsync(second.Parse(secondJournal.Read(second.Checkpoint, 10)), Cancellation);
        busy.Append("2");
        // The limit is a safety net: an instance that waits for the comparison would wait for ever.
        await busy.ProjectAsync(Database, Cancellation).WaitAsync(TimeSpan.FromMinutes(2), TimeProvider.System, Cancellation);
        Assert.IsFalse(firstDone.IsCompleted || secondDone.IsCompleted);
        gate.Open();

        Assert.IsTrue(await firstDone);
        Assert.IsTrue(await secondDone);
        await AssertRowsAsync(JournalKind.Jobs, "1", "2", "of first", "of second");
    }

    private protected override TestStore NewStore() => new SqlServerStore();

    /// <summary>An instance with a line of an earlier run, whose journal the database has, but not its line.</summary>
    private async Task<(IJournal Journal, ProjectionSession Session)> OldAsync(string name, LoggingDatabase database)
    {
        var directory = NewDirectory(JournalKind.Jobs, name);
        directory.Append($"of {name}");
        directory.End();
        var (projection, rejected) = (new JobProjection(), new RejectedJournal(directory.Active, TimeProvider.System, Report));
        var identifier = new JournalIdentifier(directory.Journal, projection, rejected, $"{name}/app", Report);
        return (
            directory.Journal,
            await ProjectionSession.OpenAsync(database, projection, rejected, directory.Journal, identifier, Cancellation));
    }

    /// <summary>Stops a connection before it compares lines with rows, while the gate is closed.</summary>
    private sealed class ComparisonGate : ConnectionTap
    {
        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool IsClosed { get; set; }

        public Task Reached => _reached.Task;

        public void Open() => _opened.SetResult();

        public override async Task ExecutingAsync(DbCommand command)
        {
            if (!IsClosed || !command.CommandText.Contains("[job_logs] AS l", StringComparison.Ordinal)) return;
            _reached.TrySetResult();
            await _opened.Task;
        }
    }
}
