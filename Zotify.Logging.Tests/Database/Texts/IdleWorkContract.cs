using System.Data.Common;
using Microsoft.Extensions.Time.Testing;
using Zotify.Logging.Database;
using Zotify.Logging.Journal;
using Zotify.Logging.Projection;
using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Database.Texts;

/// <summary>A projector indexes older rows as long as it runs, whatever happens in between.</summary>
public abstract class IdleWorkContract : TextIndexFixture
{
    private readonly FakeTimeProvider _time = new(Lines.Noon.AddDays(1));

    [TestMethod]
    public async Task It_goes_on_after_a_failure_which_is_reported_once()
    {
        await AddAsync(300);
        await ForgetAsync();
        var failing = new FailingClaims(count: 3);
        await using (var projector = StartAt(Journal, NewProjection(), Store.Open(failing))) await IndexedAsync(projector);

        Assert.AreEqual(0, failing.Left);
        var reports = string.Join('\n', Reports.Select(report => report.Message));
        Assert.StartsWith("Older rows could not be indexed now", reports);
        Assert.HasCount(1, Reports, reports);
        await AssertFindsAllAsync();
    }

    [TestMethod]
    public async Task It_finds_what_is_there_to_do_later()
    {
        await AddAsync(70);
        var other = new FakeJournal("other.json");
        other.Append(Lines.Audit(at: Lines.Noon.AddMinutes(20), message: "soon"));
        var looks = new CountingLooks(NewProjection());
        await using (var projector = StartAt(other, looks, Database))
        {
            await projector.CatchUpAsync(1, Cancellation);
            await looks.NothingFound.WaitAsync(Cancellation);
            Assert.AreEqual("1|1|64|1", await Store.ReadTextAsync(Runs));

            other.Append(Lines.Audit(at: Lines.Noon.AddHours(2), message: "later"));
            await projector.CatchUpAsync(2, Cancellation);
            while ((await RunsAsync()).Count < 2) await PassAsync(IdleWork.LookInterval);
        }

        Assert.AreEqual("1|1|64|1\n1|65|70|1", await Store.ReadTextAsync(Runs));
    }

    [TestMethod]
    public async Task It_is_done_between_lines_where_there_are_always_some()
    {
        await AddAsync(300);
        await ForgetAsync();
        var tap = new NewLines(() =>
        {
            _time.Advance(IdleWork.BusyInterval);
            Journal.Append(Lines.Audit(at: Lines.Noon.AddHours(3), message: "one more"));
        });
        Journal.Append(Lines.Audit(at: Lines.Noon.AddHours(3), message: "first"));
        await using (var projector = StartAt(Journal, NewProjection(), Store.Open(tap)))
        {
            while ((await RunsAsync()).Exists(run => run.Pages is null))
            {
                Assert.IsLessThan(Journal.DurableSeq, projector.ProjectedSeq, "there is always a line");
                await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, Cancellation);
            }

            tap.Ends = true;
        }

        Assert.IsEmpty(Reports);
    }

    private Projector StartAt(FakeJournal journal, IProjection projection, LoggingDatabase database)
    {
        var projector = new Projector(journal, database, projection, NewRejected(journal), "m1/app", _time, Report);
        projector.Start();
        return projector;
    }

    private async Task IndexedAsync(Projector projector)
    {
        await projector.CatchUpAsync(Journal.DurableSeq, Cancellation);
        while ((await RunsAsync()).Exists(run => run.Pages is null)) await PassAsync(TimeSpan.FromSeconds(10));
    }

    private async Task PassAsync(TimeSpan time)
    {
        _time.Advance(time);
        await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, Cancellation);
    }

    private sealed class FailingClaims(int count) : ConnectionTap
    {
        public int Left { get; private set; } = count;

        public override Task ExecutingAsync(DbCommand command)
        {
            // However the engine writes it.
            var isClaim = command.CommandText.Contains("audit_text_runs", StringComparison.Ordinal)
                && command.CommandText.Contains("AND last_seq = ", StringComparison.Ordinal);
            if (Left == 0 || !isClaim) return Task.CompletedTask;
            Left--;
            throw new InjectedException();
        }
    }

    // One that no retry of the projection itself is for.
    private sealed class InjectedException() : DbException("Injected: the run cannot be claimed.");

    private sealed class NewLines(Action act) : ConnectionTap
    {
        private volatile bool _ends;

        public bool Ends
        {
            set => _ends = value;
        }

        public override void Committed()
        {
            if (!_ends) act();
        }
    }

    private sealed class CountingLooks(IProjection projection) : IProjection
    {
        private readonly TaskCompletionSource _nothing = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task NothingFound => _nothing.Task;

        public ParsedLines Parse(IReadOnlyList<JournalLine> lines, long journalId) => projection.Parse(lines, journalId);

        public Task CompleteAsync(ProjectionBatch batch, CancellationToken cancellationToken) =>
            projection.CompleteAsync(batch, cancellationToken);

        public async Task<Func<Task>?> FindWorkAsync(LoggingConnection connection, long journalId, CancellationToken cancellationToken)
        {
            var work = await projection.FindWorkAsync(connection, journalId, cancellationToken);
            if (work is null) _nothing.TrySetResult();
            return work;
        }

        public Task SettleEarlierRunsAsync(LoggingConnection connection, long journalId, long lastSeq, CancellationToken cancellationToken) =>
            projection.SettleEarlierRunsAsync(connection, journalId, lastSeq, cancellationToken);

        public Task<IReadOnlyList<ComparedLine>> CompareAsync(
            LoggingConnection connection, long journalId, IReadOnlyList<JournalLine> lines,
            CancellationToken cancellationToken) =>
            projection.CompareAsync(connection, journalId, lines, cancellationToken);
    }
}
