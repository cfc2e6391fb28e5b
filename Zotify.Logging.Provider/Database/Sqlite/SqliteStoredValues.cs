using System.Globalization;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Zotify.Logging.Database;

/// <summary>
/// Compares columns of SQLite byte by byte, by SQLite's own interface: the driver makes a string of every text. Not thread-safe.
/// </summary>
/// <param name="row">The driver's reader.</param>
internal sealed class SqliteStoredValues(SqliteDataReader row) : StoredValues
{
    private const int TimeLength = 28;
    private const int IdLength = 36;

    private readonly sqlite3_stmt _statement = row.Handle!;

    /// <inheritdoc/>
    public override bool IsNull(int column) => raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL;

    /// <inheritdoc/>
    // A database in UTF-16 gives other bytes: it is not sure then.
    public override bool IsText(int column, ReadOnlySpan<byte> utf8) =>
        raw.sqlite3_column_type(_statement, column) == raw.SQLITE_TEXT && raw.sqlite3_column_blob(_statement, column).SequenceEqual(utf8);

    /// <inheritdoc/>
    public override bool IsNumber(int column, long number) =>
        raw.sqlite3_column_type(_statement, column) == raw.SQLITE_INTEGER && raw.sqlite3_column_int64(_statement, column) == number;

    /// <inheritdoc/>
    public override bool IsTime(int column, DateTime time)
    {
        // The form of SqliteValues, which the format O has of a time in UTC.
        Span<byte> text = stackalloc byte[TimeLength];
        return time.Kind == DateTimeKind.Utc && time.TryFormat(text, out var length, "O", CultureInfo.InvariantCulture) && IsText(column, text[..length]);
    }

    /// <inheritdoc/>
    public override bool IsId(int column, Guid id)
    {
        Span<byte> text = stackalloc byte[IdLength];
        return id.TryFormat(text, out var length) && IsText(column, text[..length]);
    }
}
