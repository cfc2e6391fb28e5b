using System.Data.Common;
using Microsoft.Data.Sqlite;
using Zotify.Logging.Provider.Database.Sql;

namespace Zotify.Logging.Provider.Database.Sqlite;

/// <summary>How queries are put to SQLite.</summary>
internal sealed class SqliteDialect : SqlDialect
{
    /// <inheritdoc/>
    public override DbParameter Parameter(string name, object value) =>
        new SqliteParameter(name, value is DateTime time ? SqliteTimeConverter.ToText(time) : value);

    /// <inheritdoc/>
    public override string Limit(string parameter) => $"LIMIT {parameter}";

    /// <inheritdoc/>
    // Not a range: what is asked for by a prefix is mostly much of the table, and SQLite would sort all of it for its newest page.
    public override string StartsWith(string column, string parameter) => $"substr({column}, 1, length({parameter})) = {parameter}";

    /// <inheritdoc/>
    public override string Contains(string column, string parameter) => $"{column} LIKE {parameter} ESCAPE '\\'";

    /// <inheritdoc/>
    public override string Pattern(string word) =>
        $"%{word.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)}%";

    /// <inheritdoc/>
    // json_each gives the value itself, or the elements of a list, or the members of an object: those are not meant. Numbers
    // are compared as the text they were written as, which -> gives back.
    public override string JsonMatches(string column, string pathParameter, IReadOnlyList<string> valueParameters) =>
        $"""
        (json_type({column}, {pathParameter}) <> 'object' AND EXISTS (
          SELECT 1 FROM json_each({column}, {pathParameter}) AS found
          WHERE CASE
            WHEN found.type = 'text' THEN found.value
            WHEN found.type IN ('object', 'array', 'null') THEN NULL
            WHEN json_type({column}, {pathParameter}) = 'array' THEN {column} -> ({pathParameter} || '[' || found.key || ']')
            ELSE {column} -> {pathParameter}
          END IN ({string.Join(", ", valueParameters)})))
        """;
}
