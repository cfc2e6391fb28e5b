using Zotify.Logging.Queries;
using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Queries.Jobs;

/// <summary>The order, the totals and the exclusions of the list of jobs.</summary>
public abstract class JobListTotalsContract : JobStoreContract
{
    [TestMethod]
    public async Task Totals_are_of_all_statuses_under_the_other_filters()
    {
        await FillAsync();
        Assert.AreEqual("running 2, stalled 0, completed 2, failed 1, interrupted 0", Totals(await ListAsync(new JobListQuery { Limit = 1 })));
        Assert.AreEqual("running 2, stalled 0, completed 2, failed 1, interrupted 0", Totals(await ListAsync(new JobListQuery { Statuses = ["failed"] })));
        Assert.AreEqual("running 1, stalled 0, completed 1, failed 0, interrupted 0", Totals(await ListAsync(new JobListQuery { JobTypes = ["import"] })));
        Assert.AreEqual("running 1, stalled 0, completed 1, failed 0, interrupted 0", Totals(await ListAsync(new JobListQuery { Text = "import", Statuses = ["failed"] })));
        Assert.AreEqual("running 1, stalled 0, completed 1, failed 1, interrupted 0", Totals(await ListAsync(new JobListQuery { ExcludedJobTypes = ["import"] })));
        var few = await new JobLogs(Database, new FixedReadYourWrites()) { MostCompared = 2 }.ListAsync(new JobListQuery(), Cancellation);
        Assert.IsFalse(few.HasAllTotals);
        Assert.AreEqual(2, few.Totals.Values.Sum());
    }

    [TestMethod]
    public async Task What_is_excluded_is_left_out_and_a_job_without_a_type_stays()
    {
        await FillAsync();
        Assert.AreEqual("e d b", Ids(await ListAsync(new JobListQuery { ExcludedStatuses = ["completed"] })));
        Assert.AreEqual("e d c", Ids(await ListAsync(new JobListQuery { ExcludedJobTypes = ["import"] })));
        Assert.AreEqual("d c", Ids(await ListAsync(new JobListQuery { ExcludedJobTypes = ["import"], Text = "-\"e began\"" })));
    }

    [TestMethod]
    public async Task Those_that_ended_last_come_first_and_those_that_run_come_last()
    {
        await FillAsync();
        Assert.AreEqual("a c d e b", Ids(await ListAsync(new JobListQuery { Order = JobListOrder.Ended })));
        foreach (var limit in (int[])[1, 2, 3])
        {
            foreach (var text in (string?[])[null, "-none"])
            {
                var found = new List<string>();
                for (JobListPage? page = null; page is null || page.NextCursor is not null;)
                {
                    page = await ListAsync(new JobListQuery { Order = JobListOrder.Ended, Limit = limit, Text = text, Cursor = page?.NextCursor });
                    found.Add(Ids(page));
                }

                Assert.AreEqual("a c d e b", string.Join(' ', found), $"{limit} {text}");
            }
        }

        var began = (await ListAsync(new JobListQuery { Limit = 1 })).NextCursor;
        await Assert.ThrowsExactlyAsync<InvalidCursorException>(() => ListAsync(new JobListQuery { Order = JobListOrder.Ended, Cursor = began }));
    }

    private static string Totals(JobListPage page) => string.Join(", ", page.Totals.Select(total => $"{total.Key} {total.Value}"));

    private static string Ids(JobListPage page) => string.Join(' ', page.Items.Select(job => job.JobId));

    private Task<JobListPage> ListAsync(JobListQuery query) => new JobLogs(Database, new FixedReadYourWrites()).ListAsync(query, Cancellation);

    /// <summary>Five jobs that began one after the other, of which three ended.</summary>
    private Task FillAsync() => AddAsync(
        Lines.Job("a", Lines.Noon, jobType: "import"), Lines.Job("b", Lines.Noon.AddSeconds(1), jobType: "import"),
        Lines.Job("c", Lines.Noon.AddSeconds(2), jobType: "export"), Lines.Job("d", Lines.Noon.AddSeconds(3)),
        Lines.Job("e", Lines.Noon.AddSeconds(4), message: "e began"), Lines.Job("d", Lines.Noon.AddSeconds(9), "job.failed"),
        Lines.Job("c", Lines.Noon.AddSeconds(10), "job.completed"), Lines.Job("a", Lines.Noon.AddSeconds(11), "job.completed"));
}
