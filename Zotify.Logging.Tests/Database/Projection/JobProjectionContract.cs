using Zotify.Logging.Projection;
using Zotify.Logging.Records;
using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Database.Projection;

/// <summary>The rows of job lines, and their sums.</summary>
public abstract class JobProjectionContract : StoreContract
{
    [TestMethod]
    [StandInLimit(StandIn.SeventhDigit)]
    public async Task Every_field_of_a_line_is_in_its_column()
    {
        var line = """
            {"timestamp":"2026-11-23T15:06:10.1234567Z","job_id":"sync-1","job_type":"sync","level":"Error","category":"Zotify.Sync","event_id":7,"event_name":"Track",
            "message":"5/100","exception":"Boom","progress_done":5,"progress_total":100,"properties":{"Done":5},"scope":{"x":1},"seq":17,"trace_id":"4bf9",
            "span_id":"00f0","instance":"m1/app"}
            """.ReplaceLineEndings("");
        Journal.Append(line);

        await ProjectAsync(new JobProjection());

        var row = (await JobRowsAsync()).Single();
        Assert.AreEqual((1L, 1L, 1L, "sync-1", "m1/app"), (row.Id, row.JournalId, row.Seq, row.JobId, row.Instance));
        Assert.AreEqual(new DateTime(2026, 11, 23, 15, 6, 10, DateTimeKind.Utc).AddTicks(1_234_567), row.Timestamp);
        Assert.AreEqual(("Error", "Zotify.Sync", 7, "Track", "5/100"), (row.Level, row.Category, row.EventId, row.EventName, row.Message));
        Assert.AreEqual(("Boom", """{"Done":5}""", 5L, 100L), (row.Exception, row.Properties, row.ProgressDone, row.ProgressTotal));
        Assert.AreEqual(("4bf9", "00f0"), (row.TraceId, row.SpanId));
        Assert.AreEqual("sync", (await JobAsync()).JobType);
    }

    [TestMethod]
    public async Task A_job_adds_up_its_entries_over_batches()
    {
        await AddAsync(Lines.Job(message: "first", jobType: "sync"), Lines.Job(level: "Warning"));
        await AddAsync(
            Lines.Job(level: "Error"), Lines.Job(level: "Critical"), Lines.Job(at: Lines.Noon.AddSeconds(-5), message: "late"),
            Lines.Job(at: Lines.Noon.AddSeconds(5), message: "last"), Lines.Job(at: Lines.Noon, message: "late, too"), Lines.Job("other"));

        var job = await JobAsync();
        Assert.AreEqual(("sync", "running", "m1/app"), (job.JobType, job.Status, job.Instance));
        Assert.AreEqual((7L, 1L, 2L), (job.Entries, job.Warnings, job.Errors));
        Assert.AreEqual((Lines.Noon.AddSeconds(-5), Lines.Noon.AddSeconds(5), "last"), (job.FirstAt, job.LastAt, job.LastMessage));
        Assert.IsNull(job.EndedAt);
    }

    [TestMethod]
    [DataRow("job.completed", "completed")]
    [DataRow("job.failed", "failed")]
    [DataRow("job.interrupted", "interrupted")]
    public async Task A_jobs_end_sets_its_status_and_a_later_start_opens_it_again(string ending, string status)
    {
        await AddAsync(
            Lines.Job(eventName: "job.started"),
            Lines.Job(at: Lines.Noon.AddSeconds(3), eventName: ending),
            Lines.Job(at: Lines.Noon.AddSeconds(4)));
        var ended = await JobAsync();
        Assert.AreEqual((status, Lines.Noon.AddSeconds(3)), (ended.Status, ended.EndedAt));

        await AddAsync(Lines.Job(eventName: "job.started", instance: "m2/app"));
        var again = await JobAsync();
        Assert.AreEqual(("running", null, "m2/app"), (again.Status, again.EndedAt, again.Instance));
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public async Task The_newest_progress_by_time_counts_and_keeps_values_that_it_lacks(bool oneByOne)
    {
        string[] lines =
        [
            Lines.Job(at: Lines.Noon.AddSeconds(1), done: 1, total: 100),
            Lines.Job(at: Lines.Noon.AddSeconds(5), done: 5),
            Lines.Job(at: Lines.Noon.AddSeconds(3), done: 3, total: 90),
            Lines.Job(at: Lines.Noon.AddSeconds(9)),
        ];
        foreach (var batch in lines.Chunk(oneByOne ? 1 : lines.Length)) await AddAsync(batch);

        var job = await JobAsync();
        Assert.AreEqual((5L, 100L, Lines.Noon.AddSeconds(5)), (job.ProgressDone, job.ProgressTotal, job.ProgressAt));
    }

    [TestMethod]
    public async Task An_older_progress_sets_only_values_that_no_newer_one_has_set()
    {
        await AddAsync(Lines.Job(at: Lines.Noon.AddSeconds(5), done: 5), Lines.Job(at: Lines.Noon, done: 1, total: 100));

        var job = await JobAsync();
        Assert.AreEqual((5L, 100L), (job.ProgressDone, job.ProgressTotal));
    }

    [TestMethod]
    public async Task Jobs_that_an_earlier_run_left_running_are_interrupted_once_all_it_wrote_is_there()
    {
        Journal.Append(
            Lines.Job("left", at: Lines.Noon.AddSeconds(7)),
            Lines.Job("done", eventName: "job.completed"),
            Lines.Job("renamed", instance: "before/app"),
            Lines.Job("shared", instance: "m1/app"));
        Journal.Append(Enumerable.Range(1, 2_500).Select(_ => Lines.Job("long")));
        Journal.Append(Lines.Job("long", eventName: "job.completed"));

        var other = new FakeJournal();
        other.Append(Lines.Job("elsewhere"), Lines.Job("shared", eventName: "job.started", instance: "m2/app"));
        await ProjectAsync(new UnsettledJobs(), other, "m1/app");

        await using var projector = Start(new JobProjection());
        Journal.Append(Lines.Job("new"), Lines.Job("again"));
        await projector.CatchUpAsync(Journal.DurableSeq, Cancellation);

        var left = await JobAsync("left");
        Assert.AreEqual(("interrupted", Lines.Noon.AddSeconds(7)), (left.Status, left.EndedAt));
        Assert.AreEqual("completed", (await JobAsync("done")).Status);
        Assert.AreEqual("completed", (await JobAsync("long")).Status, "its end was still in the journal");
        Assert.AreEqual("interrupted", (await JobAsync("renamed")).Status, "the container had another name then");
        Assert.AreEqual("running", (await JobAsync("elsewhere")).Status, "another journal's, though its instance has the same name");
        Assert.AreEqual("running", (await JobAsync("shared")).Status, "another instance has started it again");
        Assert.AreEqual("running", (await JobAsync("new")).Status, "this run's");
    }

    [TestMethod]
    public async Task Who_waits_for_the_last_line_of_the_earlier_runs_waits_until_their_jobs_are_settled()
    {
        Journal.Append(Lines.Job("left"), Lines.Job("left"));
        var settling = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var settled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var projector = Start(new UnsettledJobs(() =>
        {
            settling.TrySetResult();
            return settled.Task;
        }));

        await settling.Task.WaitAsync(Cancellation);
        Assert.HasCount(2, await JobRowsAsync());
        Assert.AreEqual(2, projector.ProjectedSeq);
        var caughtUp = projector.CatchUpAsync(2, Cancellation);
        Assert.IsFalse(caughtUp.IsCompleted);
        settled.SetResult();
        await caughtUp;
    }

    [TestMethod]
    public async Task A_job_that_starts_again_after_it_was_interrupted_runs()
    {
        await AddAsync(Lines.Job(eventName: "job.started"));
        await using var projector = Start(new JobProjection());
        Journal.Append(Lines.Job(eventName: "job.started"));
        await projector.CatchUpAsync(2, Cancellation);

        Assert.AreEqual(("running", null), ((await JobAsync()).Status, (await JobAsync()).EndedAt));
    }

    [TestMethod]
    public async Task A_journal_that_gets_a_new_id_interrupts_what_it_left_running_under_the_former_one()
    {
        await AddAsync(Lines.Job("left"), Lines.Job("lost"));
        Journal.CutAfter(1);
        await using var projector = Start(new JobProjection());
        Journal.Append(Lines.Job("new"));
        await projector.CatchUpAsync(2, Cancellation);

        Assert.AreEqual(1, Journal.Renewals);
        Assert.AreEqual("interrupted", (await JobAsync("left")).Status);
        Assert.AreEqual("running", (await JobAsync("lost")).Status, "its line may be of a copy that is written elsewhere");
        Assert.AreEqual("running", (await JobAsync("new")).Status);
    }

    [TestMethod]
    public async Task A_job_of_this_run_is_not_interrupted_though_somebody_else_projected_it_first()
    {
        Journal.Append(Lines.Job("left"));
        var behind = new FakeJournalThatStarts(Journal, earlierSeq: 1);
        Journal.Append(Lines.Job("new"));
        await using (var ahead = Start(new UnsettledJobs(), instance: "m2/app")) await ahead.CatchUpAsync(2, Cancellation);

        await using var projector = new Projector(
            behind, Database, new JobProjection(), NewRejected(), "m1/app", Time, (_, _) => { });
        projector.Start();
        Journal.Append(Lines.Job("third"));
        await projector.CatchUpAsync(3, Cancellation);

        Assert.AreEqual("interrupted", (await JobAsync("left")).Status);
        Assert.AreEqual("running", (await JobAsync("new")).Status);
    }

    [TestMethod]
    public async Task Every_job_of_many_gets_its_own_row()
    {
        await AddAsync([.. Enumerable.Range(1, 2_100).Select(i => Lines.Job($"job-{i}")), Lines.Job("job-2100")]);

        Assert.AreEqual(1, (await JobAsync("job-1")).Entries);
        Assert.AreEqual(2, (await JobAsync("job-2100")).Entries);
    }

    [TestMethod]
    public async Task Long_ids_are_shortened_and_stay_apart()
    {
        var common = new string('x', 200);
        await AddAsync(Lines.Job(common + "1"), Lines.Job(common + "2"));

        Assert.AreEqual(1, (await JobAsync(JobIds.Shorten(common + "1"))).Entries);
        Assert.AreEqual(1, (await JobAsync(JobIds.Shorten(common + "2"))).Entries);
    }

    private async Task AddAsync(params string[] lines)
    {
        // Jobs that this run leaves running are not interrupted by the next one.
        Journal.Append(lines);
        await ProjectAsync(new UnsettledJobs());
    }
}
