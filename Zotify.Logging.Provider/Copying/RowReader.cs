using System.Data.Common;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Zotify.Logging.Database;

namespace Zotify.Logging.Copying;

/// <summary>Reads the rows of a table, however many they are. Used by one thread at a time.</summary>
/// <param name="connection">The connection, which nobody else uses meanwhile.</param>
/// <param name="table">The table.</param>
/// <param name="merges">Whether rows are merged whose keys differ only in spaces at the end, for a target that takes them for one.</param>
/// <param name="maxRows">The most rows of a batch.</param>
internal sealed class RowReader(
    LoggingConnection connection, CopiedTable table, bool merges = false, int maxRows = RowReader.DefaultMaxRows)
{
    /// <summary>Enough rows that the transaction of a batch costs little of its time.</summary>
    public const int DefaultMaxRows = 2_000;

    // In UTF-16 characters of texts: a row may have some hundred thousand.
    private const int MaxLength = 2_000_000;

    /// <summary>How many rows it has.</summary>
    public async Task<long> CountAsync(CancellationToken cancellationToken) =>
        // As an enumeration, because counting many rows may take any time.
        await connection.EnumerateAsync(table.Count(merges), row => row.NumberOrNull(0) ?? 0, cancellationToken)
            .SingleAsync(cancellationToken).ConfigureAwait(false);

    /// <summary>The rows in batches, which are small enough for memory. The next batch is read while the caller writes one.</summary>
    /// <param name="after">Only rows after this number, in a table that has numbers.</param>
    /// <param name="skipped">How many of the first rows are left out.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="CopyFailedException">A row has a value that its column does not allow.</exception>
    public async IAsyncEnumerable<List<object?[]>> ReadBatchesAsync(
        long after, long skipped, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var batches = Channel.CreateBounded<List<object?[]>>(1);
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var reading = Task.Run(() => FillAsync(batches.Writer, after, skipped, ends.Token), CancellationToken.None);
        try
        {
            await foreach (var batch in batches.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false)) yield return batch;
        }
        finally
        {
            await ends.CancelAsync().ConfigureAwait(false);
            await reading.ConfigureAwait(false);
        }
    }

    /// <summary>The digest of all rows.</summary>
    /// <param name="progress">Called after each row, with the number of rows so far.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<RowDigest> DigestAsync(Action<long> progress, CancellationToken cancellationToken)
    {
        var digest = new RowDigest();
        var rows = connection.EnumerateAsync(
            table.InAnyOrder(), row => Read(row, () => $"row {digest.Count + 1}"), cancellationToken);
        await foreach (var row in rows.ConfigureAwait(false))
        {
            digest.Add(row);
            progress(digest.Count);
        }

        return digest;
    }

    private async IAsyncEnumerable<object?[]> ReadAsync(long after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (table.Number is null)
        {
            var read = 0L;
            var all = connection.EnumerateAsync(
                table.InOrder(merges), row => Read(row, () => $"row {read + 1}"), cancellationToken);
            await foreach (var row in all.ConfigureAwait(false))
            {
                read++;
                yield return row;
            }

            yield break;
        }

        for (var count = maxRows; count == maxRows;)
        {
            count = 0;
            var page = connection.EnumerateAsync(
                table.Page(connection.Dialect, after, maxRows), row => Read(row, () => $"the row after {table.Number} {after}"),
                cancellationToken);
            await foreach (var row in page.ConfigureAwait(false))
            {
                count++;
                after = (long)row[0]!;
                yield return row;
            }
        }
    }

    private object?[] Read(DbDataReader row, Func<string> place)
    {
        try
        {
            return table.Read(row, connection.Dialect);
        }
        // Whatever a driver throws for a value that is not of its column's type.
        catch (Exception exception) when (DriverFaultException.Is(exception))
        {
            throw new CopyFailedException($"{table.Name}: {place()} of the source cannot be read: {exception.Message}", exception);
        }
    }

    private async Task FillAsync(
        ChannelWriter<List<object?[]>> batches, long after, long skipped, CancellationToken cancellationToken)
    {
        Exception? failure = null;
        try
        {
            var (batch, length) = (new List<object?[]>(), 0);
            await foreach (var row in ReadAsync(after, cancellationToken).ConfigureAwait(false))
            {
                if (skipped-- > 0) continue;
                batch.Add(row);
                length += row.Sum(value => value is string text ? text.Length : 0);
                if (batch.Count < maxRows && length < MaxLength) continue;
                await batches.WriteAsync(batch, cancellationToken).ConfigureAwait(false);
                (batch, length) = ([], 0);
            }

            if (batch.Count > 0) await batches.WriteAsync(batch, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // Thrown to the caller, who reads the batches.
            failure = exception;
        }

        batches.Complete(failure);
    }
}
