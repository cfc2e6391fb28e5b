using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Zotify.Logging.Database;

/// <summary>
/// A statement that is run for many rows, in its connection's transaction. Uses SQLite's own interface, because the driver's parameters
/// cost half as much as the rows themselves. Not thread-safe.
/// </summary>
internal sealed class SqliteStatement : IRowValues, IDisposable
{
    private readonly sqlite3 _connection;
    private readonly sqlite3_stmt _statement;
    private readonly SqliteParameters _parameters;

    /// <summary>Prepares the statement on an open connection.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="sql">The statement.</param>
    /// <param name="count">The number of its parameters.</param>
    /// <exception cref="SqliteException">There is no such table, or the statement is invalid.</exception>
    public SqliteStatement(SqliteConnection connection, string sql, int count)
    {
        _connection = connection.Handle!;
        Check(raw.sqlite3_prepare_v2(_connection, sql, out _statement));
        _parameters = new SqliteParameters(_statement, count);
    }

    /// <inheritdoc/>
    /// <exception cref="SqliteException">SQLite refuses the value.</exception>
    public void Number(long? number) => Check(_parameters.BindNumber(number));

    /// <inheritdoc/>
    /// <exception cref="SqliteException">The text is longer than SQLite allows.</exception>
    public void Text(string? text) => Check(_parameters.BindText(text));

    /// <inheritdoc/>
    /// <exception cref="SqliteException">SQLite refuses the value.</exception>
    public void Time(DateTime? time) => Check(_parameters.BindTime(time));

    /// <inheritdoc/>
    /// <exception cref="SqliteException">SQLite refuses the value.</exception>
    public void Id(Guid id) => Check(_parameters.BindId(id));

    /// <summary>Runs the statement with the values that were set, one for each parameter in their order.</summary>
    /// <exception cref="SqliteException">SQLite refuses it.</exception>
    public void Run()
    {
        _parameters.Rewind();
        var result = raw.sqlite3_step(_statement);
        // The step returns the error. The reset, which makes the statement ready again, would only return it once more.
        if (result is raw.SQLITE_DONE or raw.SQLITE_ROW) result = raw.sqlite3_reset(_statement);
        Check(result);
    }

    /// <summary>Frees the statement.</summary>
    public void Dispose()
    {
        _statement.Dispose();
        _parameters.Dispose();
    }

    private void Check(int result)
    {
        if (result != raw.SQLITE_OK) SqliteException.ThrowExceptionForRC(result, _connection);
    }
}
