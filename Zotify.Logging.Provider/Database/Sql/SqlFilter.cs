using System.Data.Common;

namespace Zotify.Logging.Database;

/// <summary>Builds the conditions of a query. A user's input is always a parameter, never a part of the text. For one query.</summary>
/// <param name="dialect">How the engine writes conditions.</param>
internal sealed class SqlFilter(SqlDialect dialect)
{
    // Far above what users need, and below the limits of the engines.
    private const int MaxValues = 100;

    private readonly List<string> _conditions = [];
    private readonly List<DbParameter> _parameters = [];

    /// <summary>The parameters of all conditions.</summary>
    public DbParameter[] Parameters => [.. _parameters];

    /// <summary>The conditions, joined; empty where there is none.</summary>
    public string Conditions => string.Join("\n  AND ", _conditions);

    /// <summary>The <c>WHERE</c> clause; empty where there is no condition.</summary>
    public string Where => _conditions.Count == 0 ? "" : $"WHERE {Conditions}";

    /// <summary>The <c>WHERE</c> clause with one more condition, which may be empty.</summary>
    public string WhereAlso(string condition) =>
        condition.Length == 0 ? Where : $"WHERE {string.Join("\n  AND ", _conditions.Append(condition))}";

    /// <summary>Makes a value a parameter.</summary>
    /// <returns>The parameter's name in the query.</returns>
    public string Value(object value)
    {
        var name = $"@p{_parameters.Count}";
        _parameters.Add(dialect.Parameter(name, value));
        return name;
    }

    /// <summary>Makes the most rows of a query a parameter.</summary>
    /// <returns>The parameter's name in the query.</returns>
    public string Count(int count) => dialect.Count(Value(count), count);

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

    /// <summary>Requires that the column is at or after <paramref name="from"/> and before <paramref name="to"/>, where they are
    /// given.</summary>
    public void RequireTime(string column, DateTimeOffset? from, DateTimeOffset? to)
    {
        if (from is { } first) Require($"{column} >= {Value(first.UtcDateTime)}");
        if (to is { } end) Require($"{column} < {Value(end.UtcDateTime)}");
    }

    /// <summary>Throws where there are more values than engines allow.</summary>
    /// <exception cref="ArgumentException">There are over 100 values.</exception>
    public static void CheckCount(int count, string property)
    {
        if (count > MaxValues) throw new ArgumentException($"At most {MaxValues} values may be given.", property);
    }
}
