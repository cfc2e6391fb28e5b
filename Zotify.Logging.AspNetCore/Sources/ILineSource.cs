using Zotify.Logging.Queries;

namespace Zotify.Logging.AspNetCore.Sources;

/// <summary>A system log: this process's own, one in another directory, or that of another instance. Thread-safe.</summary>
internal interface ILineSource
{
    /// <summary>The name, the <c>instance</c> of its lines.</summary>
    string Name { get; }

    /// <summary>Throws where a cursor is none of this source.</summary>
    /// <exception cref="InvalidCursorException">It is none.</exception>
    void Check(string cursor, string property);

    /// <summary>
    /// Reads the lines that match, as <see cref="SystemLogTail.ReadBlocksAsync"/> does: first a block without items that has the cursor to
    /// begin at, and without following, last one that has the cursor of the end.
    /// </summary>
    /// <param name="query">Which lines; always with <see cref="SystemLogQuery.IsRelayed"/>.</param>
    /// <param name="limit">The most lines.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="SourceAwayException">The source cannot be read now.</exception>
    IAsyncEnumerable<LogBlock<SystemLogEntry>> ReadAsync(SystemLogQuery query, int limit, CancellationToken cancellationToken);

    /// <summary>Counts the lines that match, as <see cref="SystemLogTail.CountAsync"/> does.</summary>
    /// <exception cref="SourceAwayException">The source cannot be read now.</exception>
    Task<SystemLogHistogram> CountAsync(SystemLogQuery query, TimeSpan? interval, CancellationToken cancellationToken);
}
