using System.Data.Common;

namespace Zotify.Logging.Database;

/// <summary>Writes the parts of a query that differ between engines. Values are always parameters. Thread-safe.</summary>
internal abstract class SqlDialect : IStoredValues
{
    /// <summary>A value of a row in the form that the engine stores.</summary>
    public abstract object Stored(object value);

    /// <summary>
    /// Compares the columns of a reader's rows without creating objects; <see langword="null"/> where the engine, or a reader of another
    /// driver, does not support that.
    /// </summary>
    public virtual StoredValues? Values(DbDataReader row) => null;

    /// <summary>
    /// A statement as it is sent: where tables are in a schema, its name precedes theirs. Statements name tables without it.
    /// </summary>
    public virtual string Qualify(string statement) => statement;

    /// <summary>
    /// Whether statements of a transaction are sent in one command, because each costs a round trip. Otherwise each is a command of its
    /// own.
    /// </summary>
    public virtual bool JoinsStatements => false;

    /// <summary>The most parameters of a command that has several statements.</summary>
    public virtual int MaxParameters => int.MaxValue;

    /// <summary>
    /// One command that runs statements of a transaction in order, each only if those before it succeeded. It fails where one does not
    /// change as many rows as it must: see <see cref="IsRowChanged"/>.
    /// </summary>
    /// <param name="statements">The statements; at least one.</param>
    public virtual SqlQuery Join(IReadOnlyList<SqlQuery> statements) => throw new NotSupportedException();

    /// <summary>One command that runs a query if a statement before it changed a row. Otherwise the command has no result.</summary>
    public virtual SqlQuery JoinIfChanged(SqlQuery statement, SqlQuery query) => throw new NotSupportedException();

    /// <summary>Whether a joined command failed because a statement did not change as many rows as it must.</summary>
    public virtual bool IsRowChanged(DbException exception) => false;

    /// <summary>A parameter with the value in the form that the engine stores.</summary>
    public abstract DbParameter Parameter(string name, object? value);

    /// <inheritdoc/>
    public abstract DateTime ReadTime(DbDataReader row, int column);

    /// <inheritdoc/>
    public abstract Guid ReadId(DbDataReader row, int column);

    /// <summary>
    /// Conditions of the rows that come after a key of an index, in the order of all its columns; each row matches one of them. An engine
    /// that starts an index only at a range of one column has a condition for each range.
    /// </summary>
    /// <param name="key">The columns and the parameters that have their values.</param>
    /// <param name="descending">Whether the order descends in all columns.</param>
    public virtual IReadOnlyList<string> RangesAfter(IReadOnlyList<(string Column, string Parameter)> key, bool descending)
    {
        var after = descending ? '<' : '>';
        var later = key.Select((last, i) => string.Join(
            " AND ",
            key.Skip(1).Take(i - 1).Select(same => $"{same.Column} = {same.Parameter}")
                .Append($"{last.Column} {after} {last.Parameter}"))).ToList();
        for (var i = 2; i < later.Count; i++) later[i] = $"({later[i]})";
        // The second condition implies the first, but an index can start only at the first.
        return [$"{key[0].Column} {after}= {key[0].Parameter}\n  AND ({string.Join(" OR ", later)})"];
    }

    /// <summary>Limits an ordered query to its first rows.</summary>
    /// <param name="select">The text after <c>SELECT</c>, up to the end of the conditions.</param>
    /// <param name="order">The text after <c>ORDER BY</c>.</param>
    /// <param name="count">The parameter that has the number of rows.</param>
    public abstract string Take(string select, string order, string count);

    /// <summary>Limits the rows of several ordered queries to the first of all.</summary>
    /// <param name="parts">The queries, each limited itself. No row is in two of them.</param>
    /// <param name="alias">The table that the order names.</param>
    /// <param name="order">The text after <c>ORDER BY</c>.</param>
    /// <param name="count">The parameter that has the number of rows.</param>
    public string TakeOfAll(IReadOnlyList<string> parts, string alias, string order, string count)
    {
        if (parts.Count == 1) return parts[0];
        var all = string.Join("\nUNION ALL\n", parts.Select((part, i) => $"SELECT p{i}.* FROM (\n{part}) AS p{i}"));
        return Take($"{alias}.* FROM (\n{all}) AS {alias}", order, count);
    }

    /// <summary>
    /// The operator of an inner join, with a condition, that reads the rows on its left first, and seeks those on its right for each of
    /// them: a list of keys, and a large table that has an index of the keys.
    /// </summary>
    public abstract string LoopJoin { get; }

    /// <summary>
    /// A query of one column that reserves the rows it reads: until its transaction ends, nobody else can change or reserve them.
    /// </summary>
    public virtual string Reserve(string column, string table, string where) => $"SELECT {column} FROM {table}\n{where}";

    /// <summary>Deletes some rows of a table, no matter which.</summary>
    /// <param name="table">The table.</param>
    /// <param name="count">The parameter that has the most rows.</param>
    public abstract string DeleteSome(string table, string count);

    /// <summary>Deletes the oldest rows of a table that has an index of their times.</summary>
    /// <param name="table">The table.</param>
    /// <param name="key">The columns of the key by which the table is stored.</param>
    /// <param name="column">The column of the times.</param>
    /// <param name="before">The parameter that has a time: only rows before it are deleted.</param>
    /// <param name="count">The parameter that has the most rows.</param>
    public abstract string DeleteOldest(string table, IReadOnlyList<string> key, string column, string before, string count);

    /// <summary>
    /// A parameter that limits rows, as the text of a query names it. An engine that keeps a plan by the text gets another text for another
    /// order of magnitude.
    /// </summary>
    public virtual string Count(string parameter, int count) => parameter;

    /// <summary>A condition: a column of text is one of the values, compared byte by byte. At least one value is needed.</summary>
    /// <param name="column">The column.</param>
    /// <param name="values">The values.</param>
    /// <param name="parameter">Makes a value a parameter, and returns its name.</param>
    public abstract string OneOf(string column, IReadOnlyList<string> values, Func<object, string> parameter);

    /// <summary>A condition: a column of text is an element of the JSON array in a parameter, of any length.</summary>
    public abstract string InJson(string column, string parameter);

    /// <summary>A table of the objects in the JSON array in a parameter.</summary>
    public abstract string JsonRows<TRow>(string parameter, IEnumerable<RowColumn<TRow>> columns);

    /// <summary>A table of the objects in the JSON array in a parameter, whose columns are whole numbers.</summary>
    public abstract string NumberRows(string parameter, IReadOnlyList<string> columns);

    /// <summary>A condition: a column starts with the parameter's value, byte by byte.</summary>
    public abstract string StartsWith(string column, string parameter);

    /// <summary>A column, written so that the engine does not choose an index for its condition.</summary>
    public virtual string WithoutIndex(string column) => column;

    /// <summary>The start of the hour of a column of times, as <c>audit_counts</c> has it.</summary>
    public abstract string HourOf(string column);

    /// <summary>A value that is after all times of the hour in a column.</summary>
    public abstract string NextHour(string column);
}
