using System.Collections;
using System.Data.Common;
using System.Globalization;
using Zotify.Logging.Database;

namespace Zotify.Logging.SqlServer;

/// <summary>
/// The rows of a batch as a reader that the driver's bulk insert pulls from: each value is read from its row when it is sent. Read once.
/// </summary>
/// <param name="table">The table.</param>
/// <param name="rows">The rows.</param>
/// <param name="dialect">Converts values to the form that the server stores.</param>
internal sealed class SqlServerRows<TRow>(SqlTable<TRow> table, IReadOnlyList<TRow> rows, SqlDialect dialect) : DbDataReader
{
    private int _at = -1;

    /// <inheritdoc/>
    public override int FieldCount => table.Columns.Length;

    /// <inheritdoc/>
    public override bool HasRows => rows.Count > 0;

    /// <inheritdoc/>
    public override bool IsClosed => false;

    /// <inheritdoc/>
    public override int RecordsAffected => -1;

    /// <inheritdoc/>
    public override int Depth => 0;

    /// <inheritdoc/>
    public override object this[int ordinal] => GetValue(ordinal);

    /// <inheritdoc/>
    public override object this[string name] => GetValue(GetOrdinal(name));

    /// <inheritdoc/>
    public override bool Read() => ++_at < rows.Count;

    /// <inheritdoc/>
    public override bool NextResult() => false;

    /// <inheritdoc/>
    // An object for each number and time, until it is sent: the driver's bulk insert reads nearly all values of a reader of another driver
    // as objects.
    public override object GetValue(int ordinal) =>
        table.Columns[ordinal].Value(rows[_at]) is { } value ? dialect.Stored(value) : DBNull.Value;

    /// <inheritdoc/>
    public override int GetValues(object[] values)
    {
        var count = Math.Min(values.Length, FieldCount);
        for (var i = 0; i < count; i++) values[i] = GetValue(i);
        return count;
    }

    /// <inheritdoc/>
    public override bool IsDBNull(int ordinal) => table.Columns[ordinal].Value(rows[_at]) is null;

    /// <inheritdoc/>
    public override string GetName(int ordinal) => table.Columns[ordinal].Name;

    /// <inheritdoc/>
    public override int GetOrdinal(string name) => Array.FindIndex(table.Columns, column => column.Name == name) is >= 0 and var ordinal
        ? ordinal
        : throw new ArgumentOutOfRangeException(nameof(name), name, $"The table {table.Name} has no such column.");

    /// <inheritdoc/>
    public override Type GetFieldType(int ordinal) => table.Columns[ordinal].Type;

    /// <inheritdoc/>
    public override string GetDataTypeName(int ordinal) => GetFieldType(ordinal).Name;

    /// <inheritdoc/>
    public override IEnumerator GetEnumerator() => new DbEnumerator(this);

    /// <inheritdoc/>
    public override bool GetBoolean(int ordinal) => (bool)GetValue(ordinal);

    /// <inheritdoc/>
    public override byte GetByte(int ordinal) => (byte)GetValue(ordinal);

    /// <inheritdoc/>
    public override long GetBytes(int ordinal, long dataOffset, byte[]? buffer, int bufferOffset, int length) =>
        throw new NotSupportedException();

    /// <inheritdoc/>
    public override char GetChar(int ordinal) => (char)GetValue(ordinal);

    /// <inheritdoc/>
    public override long GetChars(int ordinal, long dataOffset, char[]? buffer, int bufferOffset, int length) =>
        throw new NotSupportedException();

    /// <inheritdoc/>
    public override DateTime GetDateTime(int ordinal) => (DateTime)GetValue(ordinal);

    /// <inheritdoc/>
    public override decimal GetDecimal(int ordinal) => Convert.ToDecimal(GetValue(ordinal), CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public override double GetDouble(int ordinal) => Convert.ToDouble(GetValue(ordinal), CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public override float GetFloat(int ordinal) => Convert.ToSingle(GetValue(ordinal), CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public override Guid GetGuid(int ordinal) => (Guid)GetValue(ordinal);

    /// <inheritdoc/>
    public override short GetInt16(int ordinal) => Convert.ToInt16(GetValue(ordinal), CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public override int GetInt32(int ordinal) => Convert.ToInt32(GetValue(ordinal), CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public override long GetInt64(int ordinal) => Convert.ToInt64(GetValue(ordinal), CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public override string GetString(int ordinal) => (string)GetValue(ordinal);
}
