using Zotify.Logging.Queries;
using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Queries.Jobs;

/// <summary>A job's progress and trouble over time.</summary>
public abstract class JobProgressContract : JobStoreContract
{
    [TestMethod]
    public async Task Progress_and_trouble_are_sampled_over_all_of_a_job()
    {
        await AddAsync([.. Enumerable.Range(0, 1_000).SelectMany(i => new[]
        {
            Lines.Job("sync-1", Lines.Noon.AddSeconds(i), level: i % 100 == 99 ? "Warning" : i % 250 == 0 ? "Critical" : "Information", done: i, total: 1_000),
            Lines.Job("other", Lines.Noon.AddSeconds(i), level: "Error", done: 1, total: 1),
        })]);

        var progress = await ReadAsync("sync-1", 50);
        Assert.AreEqual("sync-1", progress!.Job.JobId);
        Assert.IsTrue(progress.IsWhole);
        Assert.IsLessThanOrEqualTo(50, progress.Points.Count);
        Assert.IsGreaterThan(40, progress.Points.Count);
        Assert.AreEqual((1_000L, 10L, 4L), (progress.Points.Sum(point => point.Entries), progress.Points.Sum(point => point.Warnings), progress.Points.Sum(point => point.Errors)));
        Assert.AreEqual((999L, 1_000L, Lines.Noon.AddSeconds(999)), (progress.Points[^1].ProgressDone, progress.Points[^1].ProgressTotal, progress.Points[^1].Timestamp));
        foreach (var (one, next) in progress.Points.Zip(progress.Points.Skip(1))) Assert.IsTrue(one.ProgressDone < next.ProgressDone && one.Timestamp < next.Timestamp);

        var single = (await ReadAsync("sync-1", 1))!.Points.Single();
        Assert.AreEqual((999L, 1_000L), (single.ProgressDone, single.Entries));
    }

    [TestMethod]
    public async Task A_job_with_very_many_entries_is_counted_in_part()
    {
        await AddAsync([.. Enumerable.Range(0, 100).Select(i => Lines.Job(at: Lines.Noon.AddSeconds(i), done: i / 2 * 2, total: 100))]);
        var progress = await new JobProgressReader(Database, new FixedReadYourWrites()) { MostOfStretch = 3 }.ReadAsync("sync-1", 10, Cancellation);
        Assert.IsFalse(progress!.IsWhole);
        Assert.AreEqual("2 12 22 32 42 52 62 72 82 92", string.Join(' ', progress.Points.Select(point => point.ProgressDone)));
    }

    [TestMethod]
    public async Task Entries_without_progress_keep_the_last_one()
    {
        await AddAsync(
            Lines.Job(at: Lines.Noon, message: "began"), Lines.Job(at: Lines.Noon.AddSeconds(1), done: 3, total: 7),
            Lines.Job(at: Lines.Noon.AddSeconds(2), level: "Error"));
        var progress = await ReadAsync("sync-1", 100);
        Assert.AreEqual(" /|3/7|3/7", string.Join('|', progress!.Points.Select(point => point.ProgressDone is null ? " /" : $"{point.ProgressDone}/{point.ProgressTotal}")));
        Assert.IsNull(await ReadAsync("none", 100));
        var behind = new JobProgressReader(Database, new FixedReadYourWrites(behind: 7));
        await Assert.ThrowsExactlyAsync<LogBehindException>(() => behind.ReadAsync("none", 100, Cancellation));
        Assert.AreEqual(7, (await behind.ReadAsync("sync-1", 100, Cancellation))!.Behind);
    }

    private Task<JobProgress?> ReadAsync(string job, int points) =>
        new JobProgressReader(Database, new FixedReadYourWrites()).ReadAsync(job, points, Cancellation);
}
