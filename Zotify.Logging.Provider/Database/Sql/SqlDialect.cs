using System.Data.Common;
using System.Text.Encodings.Web;

namespace Zotify.Logging.Provider.Database.Sql;

/// <summary>How an engine puts the parts of a query that engines put differently. Values are always parameters. Thread-safe.</summary>
internal abstract class SqlDialect
{
    /// <summary>A parameter with the value as the engine stores it.</summary>
    public abstract DbParameter Parameter(string name, object value);

    /// <summary>What ends a query after its <c>ORDER BY</c>, so that it gives at most as many rows as the parameter says.</summary>
    public abstract string Limit(string parameter);

    /// <summary>Whether a column starts with the parameter's value, byte by byte.</summary>
    public abstract string StartsWith(string column, string parameter);

    /// <summary>Whether a column holds the text of a <see cref="Pattern"/>, without regard to case.</summary>
    public abstract string Contains(string column, string parameter);

    /// <summary>The value of a parameter of <see cref="Contains"/>: the word, with what has a meaning in patterns escaped.</summary>
    public abstract string Pattern(string word);

    /// <summary>
    /// Whether a column of JSON has, at the path that one parameter holds, one of the values of the others: a string, the
    /// text of a number as it was written, <c>true</c> or <c>false</c>, or a list with such an element.
    /// </summary>
    public abstract string JsonMatches(string column, string pathParameter, IReadOnlyList<string> valueParameters);

    /// <summary>The value of a path parameter of <see cref="JsonMatches"/>: the names one below the other, none of them with a meaning.</summary>
    public virtual string JsonPath(IEnumerable<string> names) =>
        string.Concat(names.Select(name => $".\"{JsonText(name)}\"").Prepend("$"));

    /// <summary>A text as it stands in the journals' JSON, without the quotes.</summary>
    public static string JsonText(string text) => JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text);
}
