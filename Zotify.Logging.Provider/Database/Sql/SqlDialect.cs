using System.Data.Common;
using System.Text.Encodings.Web;

namespace Zotify.Logging.Database;

/// <summary>How an engine puts the parts of a query that engines put differently. Values are always parameters. Thread-safe.</summary>
internal abstract class SqlDialect : IStoredValues
{
    /// <summary>A value of a row as the engine stores it.</summary>
    public abstract object Stored(object value);

    /// <summary>
    /// Compares the columns of a reader's rows without making objects of them; <see langword="null"/> where the engine, or a
    /// reader of another driver, does not let it.
    /// </summary>
    public virtual StoredValues? Values(DbDataReader row) => null;

    /// <summary>A parameter with the value as the engine stores it.</summary>
    public abstract DbParameter Parameter(string name, object? value);

    /// <inheritdoc/>
    public abstract DateTime ReadTime(DbDataReader row, int column);

    /// <inheritdoc/>
    public abstract Guid ReadId(DbDataReader row, int column);

    /// <summary>The first rows of a query in an order, as many as the parameter says.</summary>
    /// <param name="select">What follows <c>SELECT</c>, up to the end of its conditions.</param>
    /// <param name="order">What follows <c>ORDER BY</c>.</param>
    /// <param name="count">The parameter.</param>
    public abstract string Take(string select, string order, string count);

    /// <summary>That a column of text is one of the values, compared byte by byte; there is at least one.</summary>
    /// <param name="column">The column.</param>
    /// <param name="values">The values.</param>
    /// <param name="parameter">Makes a value a parameter, and gives its name.</param>
    public abstract string OneOf(string column, IReadOnlyList<string> values, Func<object, string> parameter);

    /// <summary>Whether a column of text is an element of the JSON array that a parameter holds, however many there are.</summary>
    public abstract string InJson(string column, string parameter);

    /// <summary>The objects of the JSON array that a parameter holds, as a table with some columns.</summary>
    public abstract string JsonRows<TRow>(string parameter, IEnumerable<SqlColumn<TRow>> columns);

    /// <summary>Whether a column starts with the parameter's value, byte by byte.</summary>
    public abstract string StartsWith(string column, string parameter);

    /// <summary>A column in a condition that is to choose no index.</summary>
    public virtual string Aside(string column) => column;

    /// <summary>The start of the hour that a column of times is in, as <c>audit_counts</c> has it.</summary>
    public abstract string HourOf(string column);

    /// <summary>What all times of the hour that a column names are before.</summary>
    public abstract string NextHour(string column);

    /// <summary>Whether a column holds the text of a <see cref="Pattern"/>, without regard to case.</summary>
    public abstract string Contains(string column, string parameter);

    /// <summary>The value of a parameter of <see cref="Contains"/>: the word, with what has a meaning in patterns escaped.</summary>
    public abstract string Pattern(string word);

    /// <summary>
    /// Whether a column of JSON has, below names each in the one before, one of the values: a string, the text of a number
    /// as it was written, <c>true</c> or <c>false</c>, or a list with such an element. The elements of a list go by the list's name,
    /// values and objects alike; lists in lists are not searched.
    /// </summary>
    /// <param name="column">The column.</param>
    /// <param name="names">The names, none of them with a meaning; at least one.</param>
    /// <param name="values">The values; at least one.</param>
    /// <param name="parameter">Makes a value a parameter, and gives its name.</param>
    public abstract string JsonMatches(
        string column, IReadOnlyList<string> names, IReadOnlyList<string> values, Func<object, string> parameter);

    /// <summary>A text as it stands in the journals' JSON, without the quotes.</summary>
    public static string JsonText(string text) => JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text);
}
