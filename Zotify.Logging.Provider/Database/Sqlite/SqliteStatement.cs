using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Zotify.Logging.Database;

/// <summary>
/// A statement that is run for many rows, in its connection's transaction. Uses SQLite's own interface, because the driver's parameters
/// cost half as much as the rows themselves. Not thread-safe.
/// </summary>
internal sealed class SqliteStatement : IDisposable
{
    private readonly sqlite3 _connection;
    private readonly sqlite3_stmt _statement;
    private byte[] _utf8 = new byte[1_024];

    /// <summary>Prepares the statement on an open connection.</summary>
    /// <exception cref="SqliteException">There is no such table, or the statement is invalid.</exception>
    public SqliteStatement(SqliteConnection connection, string sql)
    {
        _connection = connection.Handle!;
        Check(raw.sqlite3_prepare_v2(_connection, sql, out _statement));
    }

    /// <summary>Sets a parameter, the first of which is 1, to a text, a whole number or <see langword="null"/>.</summary>
    /// <exception cref="SqliteException">The text is longer than SQLite allows.</exception>
    public void Bind(int parameter, object? value)
    {
        Check(value switch
        {
            null => raw.sqlite3_bind_null(_statement, parameter),
            string text => BindText(parameter, text),
            long number => raw.sqlite3_bind_int64(_statement, parameter, number),
            int number => raw.sqlite3_bind_int64(_statement, parameter, number),
            _ => throw new ArgumentException($"No column has a value of the type {value.GetType()}.", nameof(value)),
        });
    }

    /// <summary>Runs the statement with the parameters that were set.</summary>
    /// <exception cref="SqliteException">SQLite refuses it.</exception>
    public void Run()
    {
        var result = raw.sqlite3_step(_statement);
        // The step returns the error. The reset, which makes the statement ready again, would only return it once more.
        if (result is raw.SQLITE_DONE or raw.SQLITE_ROW) result = raw.sqlite3_reset(_statement);
        Check(result);
    }

    /// <summary>Frees the statement.</summary>
    public void Dispose() => _statement.Dispose();

    private int BindText(int parameter, string text)
    {
        // An empty span is a null pointer, which SQLite would bind as NULL.
        if (text.Length == 0) return raw.sqlite3_bind_text(_statement, parameter, text);
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (most > _utf8.Length) _utf8 = new byte[most];
        return raw.sqlite3_bind_text(_statement, parameter, _utf8.AsSpan(0, Encoding.UTF8.GetBytes(text, _utf8)));
    }

    private void Check(int result) => SqliteException.ThrowExceptionForRC(result, _connection);
}
