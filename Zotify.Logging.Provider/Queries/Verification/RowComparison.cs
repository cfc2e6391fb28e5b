using System.Data.Common;
using Zotify.Logging.Database;

namespace Zotify.Logging.Queries;

/// <summary>
/// Compares rows of <c>audit_events</c> with the rows that a block's lines become. Not thread-safe.
/// </summary>
/// <param name="dialect">How the engine stores values.</param>
/// <param name="block">The lines.</param>
internal sealed class RowComparison(SqlDialect dialect, LineBlock block)
{
    /// <summary>The columns of <c>audit_events AS e</c> that a query selects: the number, then those that are compared.</summary>
    public static readonly string Columns = $"e.seq, {string.Join(", ", Compared().Select(column => $"e.{column.Name}"))}";

    // The hash comes first: if it is another line's, the others need no comparison.
    private static readonly LineColumn<AuditEventRow>[] Others = Compared();
    private static readonly LineField[] Fields = LineField.Of(Others);

    private readonly LineMatch _match = new(Fields);
    private DbDataReader? _reader;
    private StoredValues? _values;

    /// <summary>Compares the reader's current row.</summary>
    public ComparedRow Compare(DbDataReader row)
    {
        var seq = row.GetInt64(0);
        if (seq < block.First || seq > block.Last) return new ComparedRow(seq, false, false, "seq");
        // Nearly all rows equal their lines. That is found without parsing the line into a row.
        if (ValuesOf(row) is { } values && _match.IsSame(block.Line(seq).Span, values)) return new ComparedRow(seq, true, true, null);
        if (block.Row(seq) is not { } expected) return new ComparedRow(seq, false, false, null);
        var agrees = IsSame(row, 1, expected.Hash);
        if (!agrees) return new ComparedRow(seq, false, IsSame(row, 2, expected.Id), "hash");
        for (var at = 1; at < Others.Length; at++)
        {
            if (!IsSame(row, at + 1, Others[at].Value(expected))) return new ComparedRow(seq, true, true, Others[at].Name);
        }

        return new ComparedRow(seq, true, true, null);
    }

    private static LineColumn<AuditEventRow>[] Compared() =>
        [
            .. AuditEventRow.Columns.Where(column => column.Name is not ("journal_id" or "seq"))
                .OrderBy(column => column.Name switch { "hash" => 0, "id" => 1, _ => 2 }),
        ];

    private StoredValues? ValuesOf(DbDataReader row)
    {
        if (!ReferenceEquals(_reader, row)) (_reader, _values) = (row, dialect.Values(row));
        return _values;
    }

    private bool IsSame(DbDataReader row, int column, object? value)
    {
        var stored = row.GetValue(column);
        if (value is null) return stored is DBNull;
        // Somebody who edits the database can store any type anywhere in SQLite, so nothing here may throw.
        return dialect.Stored(value) switch
        {
            string text => stored is string same && same == text,
            int number => stored is int few ? few == number : stored is long many && many == number,
            var other => stored.Equals(other),
        };
    }
}
