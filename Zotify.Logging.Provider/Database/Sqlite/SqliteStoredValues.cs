using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Zotify.Logging.Database;

/// <summary>
/// Compares columns of SQLite byte by byte, through SQLite's own interface: the driver creates a string for every text, and counts the
/// references to its statement at every call. Not thread-safe.
/// </summary>
internal sealed partial class SqliteStoredValues : StoredValues
{
    private const int TimeLength = 28;
    private const int IdLength = 36;

    // The driver's reader owns the statement, and is alive as long as its rows are read.
    private readonly nint _statement;

    private SqliteStoredValues(sqlite3_stmt statement) => _statement = statement.DangerousGetHandle();

    /// <summary>
    /// The values of a reader's rows; <see langword="null"/> where an application brings its own build of SQLite, whose statements are
    /// valid only there.
    /// </summary>
    public static SqliteStoredValues? Of(SqliteDataReader row) =>
        row.Handle is { } statement && SqliteLibrary.IsBundled ? new SqliteStoredValues(statement) : null;

    /// <inheritdoc/>
    public override bool IsNull(int column) => ValueType(ColumnValue(_statement, column)) == raw.SQLITE_NULL;

    /// <inheritdoc/>
    // A database in UTF-16 returns other bytes, and the result is false.
    public override unsafe bool IsText(int column, ReadOnlySpan<byte> utf8)
    {
        var value = ColumnValue(_statement, column);
        if (ValueType(value) != raw.SQLITE_TEXT) return false;
        // Keep this order: the length is that of the bytes that were requested last.
        var bytes = ValueBlob(value);
        return new ReadOnlySpan<byte>(bytes, ValueBytes(value)).SequenceEqual(utf8);
    }

    /// <inheritdoc/>
    public override bool IsNumber(int column, long number)
    {
        var value = ColumnValue(_statement, column);
        return ValueType(value) == raw.SQLITE_INTEGER && ValueInt64(value) == number;
    }

    /// <inheritdoc/>
    public override bool IsTime(int column, DateTime time)
    {
        // The text form of SqliteValues, which equals the format O of a time in UTC.
        Span<byte> text = stackalloc byte[TimeLength];
        return time.Kind == DateTimeKind.Utc
            && time.TryFormat(text, out var length, "O", CultureInfo.InvariantCulture)
            && IsText(column, text[..length]);
    }

    /// <inheritdoc/>
    public override bool IsId(int column, Guid id)
    {
        Span<byte> text = stackalloc byte[IdLength];
        return id.TryFormat(text, out var length) && IsText(column, text[..length]);
    }

    // Each call takes some nanoseconds and never waits: nobody else uses the connection.
    [LibraryImport(SqliteLibrary.Name, EntryPoint = "sqlite3_column_value")]
    [SuppressGCTransition]
    private static partial nint ColumnValue(nint statement, int column);

    [LibraryImport(SqliteLibrary.Name, EntryPoint = "sqlite3_value_type")]
    [SuppressGCTransition]
    private static partial int ValueType(nint value);

    [LibraryImport(SqliteLibrary.Name, EntryPoint = "sqlite3_value_blob")]
    [SuppressGCTransition]
    private static unsafe partial byte* ValueBlob(nint value);

    [LibraryImport(SqliteLibrary.Name, EntryPoint = "sqlite3_value_bytes")]
    [SuppressGCTransition]
    private static partial int ValueBytes(nint value);

    [LibraryImport(SqliteLibrary.Name, EntryPoint = "sqlite3_value_int64")]
    [SuppressGCTransition]
    private static partial long ValueInt64(nint value);
}
