using Zotify.Logging.Queries;

namespace Zotify.Logging.AspNetCore.Sources;

/// <summary>Asks the sources how many lines they lack that were logged before a query. Thread-safe.</summary>
/// <param name="sources">The sources.</param>
/// <param name="time">The clock of the timeout.</param>
internal sealed class MissingLines(IReadOnlyList<ILineSource> sources, TimeProvider time)
{
    /// <summary>
    /// A source waits a quarter of a second for its lines. One that answers later does not hold up the lines of the others.
    /// </summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    private static readonly SystemLogQuery Nothing = new() { Follow = false, IsRelayed = true, Tail = 0 };

    /// <summary>Counts them, in all sources that can be read.</summary>
    /// <param name="selected">Which sources are asked.</param>
    /// <param name="away">Those that are known to be away are not.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<long> CountAsync(bool[] selected, string?[] away, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(LongestWait, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        var asked = sources.Where((_, i) => selected[i] && away[i] is null);
        var counts = await Task.WhenAll(asked.Select(source => CountAsync(source, either.Token))).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        return counts.Sum();
    }

    private static async Task<long> CountAsync(ILineSource source, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var block in source.ReadAsync(Nothing, int.MaxValue, cancellationToken).ConfigureAwait(false))
            {
                if (block.Behind > 0 || block.End.Length > 0) return block.Behind;
            }
        }
        catch (Exception exception) when (exception is SourceAwayException or OperationCanceledException)
        {
            // The stream says which sources are away.
        }

        return 0;
    }
}
