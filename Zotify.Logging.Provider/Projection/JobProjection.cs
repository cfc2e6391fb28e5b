using System.Text.Json;
using Zotify.Logging.Database;
using Zotify.Logging.Journal;

namespace Zotify.Logging.Projection;

/// <summary>Projects the job journal to <c>job_logs</c>, and sums up the entries in <c>jobs</c>.</summary>
internal sealed class JobProjection : IProjection
{
    /// <inheritdoc/>
    public ParsedLines Parse(IReadOnlyList<JournalLine> lines, long journalId)
    {
        var parsed = new List<JobLine>(lines.Count);
        var rejected = new List<RejectedLine>();
        var parser = JobLine.Parser();
        foreach (var line in lines)
        {
            try
            {
                parsed.Add(JobLine.Parse(line, journalId, parser));
            }
            catch (Exception exception) when (exception is JsonException or InvalidOperationException)
            {
                rejected.Add(new RejectedLine(line, exception));
            }
        }

        // One parameter for all ids, so that the command's text is always the same.
        var ids = SqlJson.Of(parsed.Select(line => line.Row.JobId).Distinct());
        return new ParsedLines(lines, rejected, (batch, cancellationToken) => WriteAsync(batch, parsed, ids, cancellationToken));
    }

    /// <inheritdoc/>
    public async Task SettleEarlierRunsAsync(
        LoggingConnection connection, long journalId, long lastSeq, CancellationToken cancellationToken)
    {
        // Found by the index of the ends: a running job has none.
        var running = new SqlFilter(connection.Dialect);
        running.Require("ended_at IS NULL");
        running.Require($"status = {running.Value(JobStatus.Running)}");
        await InterruptAsync(connection, running, journalId, lastSeq, cancellationToken).ConfigureAwait(false);
        // A job that another instance has ended, after its last entry, becomes one that ended with it: it cannot go on any more. Found by
        // the index of instances: whoever ended the job found its instance in the table, and retention deletes the job first.
        var abandoned = new SqlFilter(connection.Dialect);
        abandoned.Require("instance IN (SELECT i.instance FROM instances AS i)");
        abandoned.Require($"status = {abandoned.Value(JobStatus.Interrupted)}");
        abandoned.Require("ended_at > last_at");
        await InterruptAsync(connection, abandoned, journalId, lastSeq, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ComparedLine>> CompareAsync(
        LoggingConnection connection, long journalId, IReadOnlyList<JournalLine> lines, CancellationToken cancellationToken)
    {
        var filter = new SqlFilter(connection.Dialect);
        filter.Require($"l.journal_id = {filter.Value(journalId)}");
        filter.Require($"l.seq >= {filter.Value(lines[0].Seq)}");
        filter.Require($"l.seq <= {filter.Value(lines[^1].Seq)}");
        var query = SqlQuery.Raw($"SELECT {JobLogRowReader.Columns}\nFROM job_logs AS l\n{filter.Where}", filter.Parameters);
        var found = await JobLogRowReader.ReadAsync(connection, query, cancellationToken).ConfigureAwait(false);
        var rows = found.ToDictionary(row => row.Seq);
        return [.. lines.Where(line => rows.ContainsKey(line.Seq)).Select(line => new ComparedLine(line, IsSame(line, rows[line.Seq])))];
    }

    /// <summary>
    /// Sums up the entries in <c>jobs</c>, in the connection's transaction. <paramref name="known"/> are those of their jobs that have rows
    /// already.
    /// </summary>
    /// <exception cref="RowChangedException">Somebody else added to one of the jobs meanwhile.</exception>
    public static async Task SummariseAsync(
        LoggingConnection connection, List<JobRow> known, List<JobLine> lines, CancellationToken cancellationToken)
    {
        var before = known.ToDictionary(job => job.JobId, job => job.Entries, StringComparer.Ordinal);
        var jobs = known.ToDictionary(job => job.JobId, StringComparer.Ordinal);
        var added = new List<JobRow>();
        foreach (var line in lines)
        {
            if (!jobs.TryGetValue(line.Row.JobId, out var job))
            {
                job = JobFacts.First(line.Row);
                jobs.Add(job.JobId, job);
                added.Add(job);
            }

            JobFacts.Add(job, line);
        }

        await JobSummaries.WriteAsync(connection, known, before, added, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Interrupts those of some jobs that earlier runs of a journal's writer left open.</summary>
    private static Task InterruptAsync(
        LoggingConnection connection, SqlFilter jobs, long journalId, long lastSeq, CancellationToken cancellationToken)
    {
        // The journal decides, not the instance's name: a new container has another name, and two programs may have the same one. Where
        // several instances logged to a job, its row names the one that runs it. A job with an entry after the earlier runs' last line
        // belongs to this run, and was already projected by another process.
        var journal = jobs.Value(journalId);
        jobs.Require(
            $"""
            EXISTS (
                SELECT 1 FROM job_logs AS o
                WHERE o.job_id = jobs.job_id AND o.journal_id = {journal} AND o.instance = jobs.instance)
            """);
        jobs.Require(
            $"""
            NOT EXISTS (
                SELECT 1 FROM job_logs AS l
                WHERE l.job_id = jobs.job_id AND l.journal_id = {journal} AND l.seq > {jobs.Value(lastSeq)})
            """);
        var update = $"UPDATE jobs SET status = {jobs.Value(JobStatus.Interrupted)}, ended_at = last_at\n{jobs.Where}";
        return connection.ExecuteLaterAsync(SqlQuery.Raw(update, jobs.Parameters), cancellationToken);
    }

    private static async Task WriteAsync(
        ProjectionBatch batch, List<JobLine> lines, string ids, CancellationToken cancellationToken)
    {
        // Reserve the jobs before the entries get their numbers. Then the numbers of a job's entries ascend in the order of commits, even
        // where several instances log to the job.
        var known = await batch.ReserveJobsAsync(ids, cancellationToken).ConfigureAwait(false);
        await batch.InsertAsync(SqlTables.JobLogs, lines.ConvertAll(line => line.Row), cancellationToken).ConfigureAwait(false);
        await SummariseAsync(batch.Connection, known, lines, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Whether a row was made from the line. An entry has no id and no hash, so its time, to 100 ns, and all its fields are compared.
    /// </summary>
    private static bool IsSame(JournalLine line, JobLogRow row)
    {
        try
        {
            var entry = JobLine.Parse(line, row.JournalId).Row;
            return JobLogRow.Columns.All(column => Equals(column.Value(entry), column.Value(row)));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Such a line cannot have a row.
            return false;
        }
    }
}
