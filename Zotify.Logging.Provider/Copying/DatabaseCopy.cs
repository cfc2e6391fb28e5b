using Zotify.Logging.Configuration;
using Zotify.Logging.Database;
using Zotify.Logging.Projection;

namespace Zotify.Logging.Copying;

/// <summary>
/// Copies all rows of the configured database into an empty one, of any engine, with their numbers and the journals' checkpoints. The
/// service then goes on there after the same lines. It can be ended at any moment and run again. Holds the lock of the log directory.
/// </summary>
/// <param name="stage">The directory, the database that is copied, and the clock.</param>
/// <param name="engines">The engines of this process.</param>
/// <param name="tap">Its hooks run on operations of connections to the target.</param>
internal sealed class DatabaseCopy(JournalStage stage, IEnumerable<IDatabaseEngineFactory> engines, ConnectionTap? tap = null)
{
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromSeconds(1);

    private long _lastProgress;

    /// <summary>The most rows of a transaction.</summary>
    public int MaxBatchRows { get; init; } = RowReader.DefaultMaxRows;

    /// <summary>What is wrong with the settings of a target, by the command's options; <see langword="null"/> for nothing.</summary>
    public string? Check(DatabaseOptions options)
    {
        if (options.Provider == DatabaseProvider.None) return "--to-provider: 'None': rows are copied to Sqlite or SqlServer";
        var errors = DatabaseCheck.Find(options, engines).Select(error => error.Key == nameof(options.ConnectionString)
            ? $"--to: {error.Message}"
            : $"--to-{(error.Key == nameof(options.Schema) ? "schema" : "provider")}: {error.Message}");
        return string.Join(Environment.NewLine, errors) is { Length: > 0 } all ? all : null;
    }

    /// <summary>Copies the rows, then compares them, row by row.</summary>
    /// <param name="options">The database to copy to; see <see cref="Check"/>.</param>
    /// <param name="restarts">Whether to delete first what an unfinished copy has written there.</param>
    /// <param name="progress">Called about once a second, and at the end of each table.</param>
    /// <param name="report">Reports to the operator meanwhile.</param>
    /// <param name="cancellationToken">Ends it; copied rows stay copied.</param>
    /// <returns>The tables with their rows, which are the same on both sides.</returns>
    /// <exception cref="NoDatabaseException">No database is configured.</exception>
    /// <exception cref="LogDirectoryException">Another process writes the directory.</exception>
    /// <exception cref="CopyFailedException">It cannot be copied, or the rows differ.</exception>
    /// <exception cref="System.Data.Common.DbException">One of the databases failed.</exception>
    public async Task<IReadOnlyList<CopiedRows>> RunAsync(
        DatabaseOptions options, bool restarts, Action<CopyProgress> progress, Action<string> report, CancellationToken cancellationToken)
    {
        if (!stage.Database.IsConfigured) throw new NoDatabaseException();
        using var target = new LoggingDatabase(options, stage.Directory.Path, engines, tap);
        // Where there is no directory, as on a machine that is only used to copy, there is nobody to keep out.
        if (Directory.Exists(stage.Directory.Path))
            await stage.Directory.OpenAsync(report, cancellationToken).ConfigureAwait(false);
        var source = await stage.Database.OpenForCopyingAsync(cancellationToken).ConfigureAwait(false);
        await using (source.ConfigureAwait(false))
        {
            var to = await target.OpenTargetAsync(cancellationToken).ConfigureAwait(false);
            await using (to.ConfigureAwait(false))
            {
                var journals = await new RowReader(source, CopiedTable.Journals).DigestAsync(_ => { }, cancellationToken)
                    .ConfigureAwait(false);
                var copy = new CopyTarget(target, to, CopySupport.MarkerOf(journals.ToString()));
                var start = await copy.BeginAsync(restarts, cancellationToken).ConfigureAwait(false);
                if (start == CopyStart.Continued) report("The target has an unfinished copy of this database; it is continued.");
                if (start != CopyStart.Finished)
                {
                    foreach (var table in CopiedTable.All)
                        await CopyAsync(table, source, copy, progress, cancellationToken).ConfigureAwait(false);
                }

                var same = await CompareAsync(source, copy, progress, cancellationToken).ConfigureAwait(false);
                if (start != CopyStart.Finished)
                    await copy.FinishAsync(stage.Database.Copying.IgnoresSpacesAtEnd, cancellationToken).ConfigureAwait(false);
                await copy.SyncAsync(cancellationToken).ConfigureAwait(false);
                return same;
            }
        }
    }

    private async Task CopyAsync(
        CopiedTable table, LoggingConnection source, CopyTarget target, Action<CopyProgress> progress, CancellationToken cancellationToken)
    {
        var reader = new RowReader(source, table, target.IgnoresSpacesAtEnd, MaxBatchRows);
        var all = await reader.CountAsync(cancellationToken).ConfigureAwait(false);
        var copied = await target.CountAsync(table, cancellationToken).ConfigureAwait(false);
        // Batches are inserted in the order of the rows, so what is missing comes after what is there.
        var after = table.Number is null ? 0 : await target.LastNumberAsync(table, cancellationToken).ConfigureAwait(false);
        var skipped = table.Number is null ? copied : 0;
        var batches = reader.ReadBatchesAsync(after, skipped, cancellationToken);
        await foreach (var batch in batches.ConfigureAwait(false))
        {
            await target.InsertAsync(table, batch, cancellationToken).ConfigureAwait(false);
            copied += batch.Count;
            Report(new CopyProgress(table.Name, IsComparison: false, copied, all), progress);
        }

        if (table.Number is not null
            && await stage.Database.Copying.LastNumberAsync(source, table.Name, cancellationToken).ConfigureAwait(false) is { } last)
            await target.SetLastNumberAsync(table, last, cancellationToken).ConfigureAwait(false);
        progress(new CopyProgress(table.Name, IsComparison: false, copied, all));
    }

    private async Task<IReadOnlyList<CopiedRows>> CompareAsync(
        LoggingConnection source, CopyTarget target, Action<CopyProgress> progress, CancellationToken cancellationToken)
    {
        var tables = new List<CopiedRows>();
        var different = new List<string>();
        foreach (var table in CopiedTable.All)
        {
            // Both at once: each takes as long as its database needs.
            var reading = Task.Run(
                () => new RowReader(source, table).DigestAsync(
                    rows => Report(new CopyProgress(table.Name, IsComparison: true, rows, null), progress), cancellationToken),
                cancellationToken);
            var copying = target.Reader(table).DigestAsync(_ => { }, cancellationToken);
            await Task.WhenAll(reading, copying).ConfigureAwait(false);
            var (original, copy) = (await reading.ConfigureAwait(false), await copying.ConfigureAwait(false));
            if (original.Count != copy.Count)
                different.Add($"{table.Name} has {original.Count} rows in the source and {copy.Count} in the target");
            else if (original.ToString() != copy.ToString())
                different.Add($"{table.Name} has {copy.Count} rows in both, but not the same ones");
            tables.Add(new CopiedRows(table.Name, copy.Count, copy.ToString()));
        }

        if (different.Count == 0) return tables;
        throw new CopyFailedException(
            $"The rows differ: {string.Join("; ", different)}. Something wrote to one of the databases meanwhile. Stop every process that "
            + "uses them, and begin again with --restart.");
    }

    private void Report(CopyProgress now, Action<CopyProgress> progress)
    {
        if (_lastProgress != 0 && stage.Time.GetElapsedTime(_lastProgress) < ProgressInterval) return;
        _lastProgress = stage.Time.GetTimestamp();
        progress(now);
    }
}
