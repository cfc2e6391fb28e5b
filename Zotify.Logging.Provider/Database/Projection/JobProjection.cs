using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Zotify.Logging.Provider.Database.Entities;
using Zotify.Logging.Provider.Database.Sql;

namespace Zotify.Logging.Provider.Database.Projection;

/// <summary>The job journal as <c>job_logs</c>, with what the entries add up to in <c>jobs</c>.</summary>
/// <param name="instance">The instance that writes the journal: its jobs are the ones that its earlier runs may have left open.</param>
internal sealed class JobProjection(string instance) : IProjection
{
    /// <inheritdoc/>
    public async Task ApplyAsync(ProjectionBatch batch, CancellationToken cancellationToken)
    {
        var lines = new List<JobLine>(batch.Lines.Count);
        foreach (var line in batch.Lines)
        {
            try
            {
                lines.Add(JobLine.Parse(line, batch.JournalId));
            }
            catch (Exception exception) when (exception is JsonException or InvalidOperationException)
            {
                batch.Reject(line, exception);
            }
        }

        // One parameter for all ids: the command stays the same, however many there are.
        var ids = JsonSerializer.Serialize(lines.Select(line => line.Row.JobId).Distinct());
        // Before the entries get their numbers: those of a job then ascend as they are committed, whoever else logs to it.
        await batch.ReserveJobsAsync(ids, cancellationToken).ConfigureAwait(false);
        await batch.InsertAsync(lines.ConvertAll(line => line.Row), cancellationToken).ConfigureAwait(false);
        await SummariseAsync(batch.Context, batch.Dialect, ids, lines, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task SettleEarlierRunsAsync(LoggingDbContext context, long journalId, long lastSeq, CancellationToken cancellationToken) =>
        // A job with an entry after the earlier runs' last is one of this run, already projected by somebody else.
        context.Jobs
            .Where(job => job.Instance == instance && job.Status == JobStatus.Running)
            .Where(job => !context.JobLogs.Any(entry => entry.JobId == job.JobId && entry.JournalId == journalId && entry.Seq > lastSeq))
            .ExecuteUpdateAsync(
                job => job.SetProperty(j => j.Status, JobStatus.Interrupted).SetProperty(j => j.EndedAt, j => j.LastAt), cancellationToken);

    /// <summary>Adds the entries up in <c>jobs</c>, in the context's transaction; <paramref name="ids"/> are their jobs' as a JSON array.</summary>
    public static async Task SummariseAsync(LoggingDbContext context, SqlDialect dialect, string ids, List<JobLine> lines, CancellationToken cancellationToken)
    {
        var known = $"SELECT j.* FROM jobs AS j WHERE {dialect.InJson("j.job_id", "@ids")}";
        var jobs = await context.Jobs.FromSqlRaw(known, dialect.Parameter("@ids", ids))
            .ToDictionaryAsync(job => job.JobId, cancellationToken).ConfigureAwait(false);
        foreach (var line in lines)
        {
            if (!jobs.TryGetValue(line.Row.JobId, out var job))
            {
                job = JobFacts.First(line.Row);
                jobs.Add(job.JobId, job);
                context.Jobs.Add(job);
            }

            JobFacts.Add(job, line);
        }

        await context.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
    }
}
