namespace Zotify.Logging.Database;

/// <summary>
/// What a copy of all rows needs beside queries: a marker in the history of the tables' changes, which keeps every program from writing to
/// a database that is not copied in full, and the numbers that the engine assigns next. Thread-safe.
/// </summary>
internal abstract class CopySupport
{
    private const string Prefix = "copy:";

    /// <summary>The marker of a copy. No program knows a change of that name, so none of any version writes there.</summary>
    /// <param name="source">Names what is copied; up to 100 characters.</param>
    public static string MarkerOf(string source) => Prefix + source;

    /// <summary>Whether a change in the history is a marker.</summary>
    public static bool IsMarker(string change) => change.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>Whether the engine takes two keys for one that differ only in spaces at the end.</summary>
    public abstract bool IgnoresSpacesAtEnd { get; }

    /// <summary>Whether there is such a table, as a database of an older version may not have it.</summary>
    public abstract Task<bool> HasTableAsync(LoggingConnection connection, string table, CancellationToken cancellationToken);

    /// <summary>Adds the marker.</summary>
    public abstract Task MarkAsync(LoggingConnection connection, string marker, CancellationToken cancellationToken);

    /// <summary>Removes the marker.</summary>
    public abstract Task UnmarkAsync(LoggingConnection connection, string marker, CancellationToken cancellationToken);

    /// <summary>
    /// The last number that the engine assigned to a row of the table, which may be deleted since; <see langword="null"/> where there was
    /// none.
    /// </summary>
    public abstract Task<long?> LastNumberAsync(LoggingConnection connection, string table, CancellationToken cancellationToken);

    /// <summary>Makes the engine assign only greater numbers to further rows of the table.</summary>
    public abstract Task SetLastNumberAsync(LoggingConnection connection, string table, long number, CancellationToken cancellationToken);
}
