using System.Globalization;
using Zotify.Logging.Database;

namespace Zotify.Logging.Instances;

/// <summary>Reads and writes the rows of <c>instances</c>.</summary>
internal static class InstanceTable
{
    private static readonly string Columns = string.Join(", ", InstanceRow.Columns.Select(column => $"i.{column.Name}"));

    /// <summary>Writes that a run of an instance was seen. Its first beat also writes when it started.</summary>
    public static async Task BeatAsync(LoggingConnection connection, InstanceRow run, bool isFirst, CancellationToken cancellationToken)
    {
        // A second process of the same name may have stopped: this one still runs.
        var updated = isFirst
            ? await connection.ExecuteAsync(
                $"""
                UPDATE instances SET started_at = {run.StartedAt}, seen_at = {run.SeenAt}, stopped_at = NULL, version = {run.Version}
                WHERE instance = {run.Instance}
                """,
                cancellationToken).ConfigureAwait(false)
            : await connection.ExecuteAsync(
                $"UPDATE instances SET seen_at = {run.SeenAt}, stopped_at = NULL WHERE instance = {run.Instance}",
                cancellationToken).ConfigureAwait(false);
        if (updated > 0) return;
        await connection.ExecuteAsync(
            $"""
            INSERT INTO instances (instance, started_at, seen_at, version)
            VALUES ({run.Instance}, {run.StartedAt}, {run.SeenAt}, {run.Version})
            """,
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Writes that a run has stopped, unless another process of the same name has started since.</summary>
    public static Task StopAsync(LoggingConnection connection, InstanceRow run, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(
            $"""
            UPDATE instances SET seen_at = {run.SeenAt}, stopped_at = {run.SeenAt}
            WHERE instance = {run.Instance} AND started_at = {run.StartedAt}
            """,
            cancellationToken);

    /// <summary>
    /// Lets the jobs run again that another instance ended while this run was out of sight. Jobs of earlier runs stay as they are.
    /// </summary>
    public static Task<int> ReclaimJobsAsync(LoggingConnection connection, InstanceRow run, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(
            $"""
            UPDATE jobs SET status = {JobStatus.Running}, ended_at = NULL
            WHERE instance = {run.Instance} AND status = {JobStatus.Interrupted}
              AND ended_at > last_at AND ended_at >= {run.StartedAt} AND first_at >= {run.StartedAt}
            """,
            cancellationToken);

    /// <summary>Reads all instances, in the order of their names.</summary>
    public static Task<List<InstanceRow>> ReadAsync(LoggingConnection connection, CancellationToken cancellationToken) =>
        connection.ReadAsync(
            SqlQuery.Raw($"SELECT {Columns} FROM instances AS i ORDER BY i.instance"),
            row =>
            {
                var read = new InstanceRow(instance: "");
                for (var i = 0; i < InstanceRow.Columns.Length; i++) InstanceRow.Columns[i].Read(read, row, i, connection.Dialect);
                return read;
            },
            cancellationToken);

    /// <summary>How many jobs each instance runs. Read from an index alone.</summary>
    public static async Task<Dictionary<string, long>> CountJobsAsync(LoggingConnection connection, CancellationToken cancellationToken)
    {
        var counts = await connection.ReadAsync(
            $"""
            SELECT i.instance, SUM(CASE WHEN j.status IS NULL THEN 0 ELSE 1 END)
            FROM instances AS i LEFT JOIN jobs AS j ON j.instance = i.instance AND j.status = {JobStatus.Running}
            GROUP BY i.instance
            """,
            row => (Instance: row.GetString(0), Jobs: Convert.ToInt64(row.GetValue(1), CultureInfo.InvariantCulture)),
            cancellationToken).ConfigureAwait(false);
        return counts.ToDictionary(count => count.Instance, count => count.Jobs, StringComparer.Ordinal);
    }
}
