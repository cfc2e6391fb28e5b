using System.Runtime.CompilerServices;
using Zotify.Logging.Queries;

namespace Zotify.Logging.AspNetCore.Sources;

/// <summary>
/// The system log in a directory of this machine. It is only read: whoever writes it holds the directory's lock, and needs not run.
/// </summary>
/// <param name="name">The name.</param>
/// <param name="tail">The log.</param>
/// <param name="directory">A directory that is away while it is missing; <see langword="null"/> for this process's own.</param>
internal sealed class FileSource(string name, SystemLogTail tail, string? directory) : ILineSource
{
    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public void Check(string cursor, string property)
    {
        if (!SystemLogCursor.TryParse(cursor, out _)) throw new InvalidCursorException(property);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<LogBlock<SystemLogEntry>> ReadAsync(
        SystemLogQuery query, int limit, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var blocks = tail.ReadBlocksAsync(query, cancellationToken)
            .Limit(limit, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (true)
        {
            try
            {
                if (directory is not null && !Directory.Exists(directory)) throw new SourceAwayException("its directory is missing");
                if (!await blocks.MoveNextAsync().ConfigureAwait(false)) yield break;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // The message may name paths, which are not for every reader.
                throw new SourceAwayException("its files cannot be read", exception);
            }

            yield return blocks.Current;
        }
    }

    /// <inheritdoc/>
    public async Task<SystemLogHistogram> CountAsync(SystemLogQuery query, TimeSpan? interval, CancellationToken cancellationToken)
    {
        try
        {
            if (directory is not null && !Directory.Exists(directory)) throw new SourceAwayException("its directory is missing");
            return await tail.CountAsync(query, interval, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SourceAwayException("its files cannot be read", exception);
        }
    }
}
