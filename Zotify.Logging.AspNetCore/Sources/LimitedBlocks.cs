using System.Runtime.CompilerServices;
using Zotify.Logging.Queries;

namespace Zotify.Logging.AspNetCore.Sources;

/// <summary>Ends a stream of blocks after so many entries.</summary>
internal static class LimitedBlocks
{
    /// <summary>The blocks up to the one in which the last entry is; that block without what follows the entry.</summary>
    /// <param name="blocks">The blocks.</param>
    /// <param name="limit">The most entries, at least one.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async IAsyncEnumerable<LogBlock<SystemLogEntry>> Limit(
        this IAsyncEnumerable<LogBlock<SystemLogEntry>> blocks,
        int limit,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var left = limit;
        await foreach (var block in blocks.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            var taken = 0;
            while (taken < block.Items.Count && left > 0)
            {
                if (block.Items[taken++] is SystemLogEntry) left--;
            }

            if (left > 0)
            {
                yield return block;
                continue;
            }

            yield return new LogBlock<SystemLogEntry>(
                block.Start, block.Items[taken - 1].Cursor, [.. block.Items.Take(taken)], block.Size);
            yield break;
        }
    }
}
