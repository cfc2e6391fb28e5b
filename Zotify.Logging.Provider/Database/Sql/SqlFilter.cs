using System.Data.Common;
using Zotify.Logging.Records;

namespace Zotify.Logging.Database;

/// <summary>Builds the conditions of a query. A user's input is always a parameter, never a part of the text. For one query.</summary>
/// <param name="dialect">How the engine writes conditions.</param>
internal sealed class SqlFilter(SqlDialect dialect)
{
    // Far above what users need, and below the limits of the engines.
    private const int MaxValues = 100;
    private const int MaxTermLength = 1_000;

    private readonly List<string> _conditions = [];
    private readonly List<DbParameter> _parameters = [];

    /// <summary>The parameters of all conditions.</summary>
    public DbParameter[] Parameters => [.. _parameters];

    /// <summary>The conditions, joined; empty where there is none.</summary>
    public string Conditions => string.Join("\n  AND ", _conditions);

    /// <summary>The <c>WHERE</c> clause; empty where there is no condition.</summary>
    public string Where => _conditions.Count == 0 ? "" : $"WHERE {Conditions}";

    /// <summary>Makes a value a parameter.</summary>
    /// <returns>The parameter's name in the query.</returns>
    public string Value(object value)
    {
        var name = $"@p{_parameters.Count}";
        _parameters.Add(dialect.Parameter(name, value));
        return name;
    }

    /// <summary>Adds a condition.</summary>
    public void Require(string condition) => _conditions.Add(condition);

    /// <summary>Requires that the column is one of the values; no values means any.</summary>
    /// <exception cref="ArgumentException">There are over 100 values.</exception>
    public void RequireOneOf(string column, IReadOnlyList<string> values, string property)
    {
        if (values.Count > 0) Require(OneOf(column, values, property));
    }

    /// <summary>A condition: the column is one of the values, at least one.</summary>
    /// <exception cref="ArgumentException">There are over 100 values.</exception>
    public string OneOf(string column, IReadOnlyList<string> values, string property)
    {
        CheckCount(values.Count, property);
        return dialect.OneOf(column, values, Value);
    }

    /// <summary>The column of JSON has one of the values below the names.</summary>
    /// <exception cref="ArgumentException">There are over 100 values.</exception>
    public void RequireJson(string column, IReadOnlyList<string> names, IReadOnlyList<string> values, string property)
    {
        if (values.Count == 0) return;
        CheckCount(values.Count, property);
        Require(dialect.JsonMatches(column, names, values, Value));
    }

    /// <summary>Requires that the column is at or after <paramref name="from"/> and before <paramref name="to"/>, where they are
    /// given.</summary>
    public void RequireTime(string column, DateTimeOffset? from, DateTimeOffset? to)
    {
        if (from is { } first) Require($"{column} >= {Value(first.UtcDateTime)}");
        if (to is { } end) Require($"{column} < {Value(end.UtcDateTime)}");
    }

    /// <summary>Requires that each term of the text is in one of the columns of text, or in the column of JSON, if one is given.</summary>
    /// <exception cref="ArgumentException">There are over 100 terms, or one of over 1,000 characters.</exception>
    public void RequireTerms(string? text, IReadOnlyList<string> columns, string? jsonColumn, string property)
    {
        foreach (var term in CheckTerms(text, property))
        {
            var pattern = Value(dialect.Pattern(ColumnText.Fit(term)));
            var conditions = columns.Select(column => dialect.Contains(column, pattern)).ToList();
            // JSON escapes quotes and backslashes.
            if (jsonColumn is not null) conditions.Add(dialect.Contains(jsonColumn, Value(dialect.Pattern(SqlDialect.JsonText(term)))));
            Require($"({string.Join(" OR ", conditions)})");
        }
    }

    /// <summary>Returns the terms of a text, which white space separates.</summary>
    /// <exception cref="ArgumentException">There are over 100 terms, or one of over 1,000 characters.</exception>
    public static string[] CheckTerms(string? text, string property)
    {
        var terms = (text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        CheckCount(terms.Length, property);
        return terms.Any(term => term.Length > MaxTermLength)
            ? throw new ArgumentException($"A term may have up to {MaxTermLength} characters.", property)
            : terms;
    }

    /// <summary>Throws where there are more values than engines allow.</summary>
    /// <exception cref="ArgumentException">There are over 100 values.</exception>
    public static void CheckCount(int count, string property)
    {
        if (count > MaxValues) throw new ArgumentException($"At most {MaxValues} values may be given.", property);
    }
}
