using System.Data.Common;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Zotify.Logging.Database;

/// <summary>A query or another statement, with its parameters. Executed once: a parameter belongs to one command.</summary>
internal sealed partial record SqlQuery
{
    /// <summary>Creates a statement from an interpolated text: every value in it becomes a parameter.</summary>
    /// <param name="dialect">Creates the parameters.</param>
    /// <param name="text">
    /// The text. Do not interpolate parts of the statement itself, such as a table's name: see <see cref="Raw"/>.
    /// </param>
    public SqlQuery(SqlDialect dialect, FormattableString text)
    {
        Parameters = [.. text.GetArguments().Select((value, i) => dialect.Parameter(Name(i), value))];
        Text = string.Format(CultureInfo.InvariantCulture, text.Format, [.. Parameters.Select((_, i) => Name(i))]);
    }

    private SqlQuery(string text, DbParameter[] parameters) => (Text, Parameters) = (text, parameters);

    /// <summary>The statement.</summary>
    public string Text { get; }

    /// <summary>The parameters that the statement names.</summary>
    public DbParameter[] Parameters { get; }

    /// <summary>How many rows it must change, because anything else means that somebody else changed one of them; by default any.</summary>
    public int? Expected { get; init; }

    /// <summary>
    /// As <see cref="Expected"/>, where only the engine knows: an expression with the statement's parameters. An engine with one writer at
    /// a time does not compare it.
    /// </summary>
    public string? ExpectedCount { get; init; }

    /// <summary>The same statement with a prefix to the names of its parameters, so that one command can have several statements.</summary>
    public SqlQuery Prefixed(string prefix)
    {
        var names = Parameters.ToDictionary(
            parameter => parameter.ParameterName, parameter => $"@{prefix}{parameter.ParameterName[1..]}", StringComparer.Ordinal);
        foreach (var parameter in Parameters) parameter.ParameterName = names[parameter.ParameterName];
        return new SqlQuery(Renamed(Text), Parameters)
        {
            Expected = Expected, ExpectedCount = ExpectedCount is { } count ? Renamed(count) : null,
        };

        string Renamed(string text) => Names().Replace(text, name => names.GetValueOrDefault(name.Value, name.Value));
    }

    /// <summary>
    /// Creates a statement from raw text. Interpolated parts become part of the statement, so pass values as parameters.
    /// </summary>
    /// <param name="text">The statement.</param>
    /// <param name="parameters">The parameters that it names.</param>
    public static SqlQuery Raw(string text, params DbParameter[] parameters) => new(text, parameters);

    [GeneratedRegex(@"@\w+")]
    private static partial Regex Names();

    private static string Name(int i) => string.Create(CultureInfo.InvariantCulture, $"@p{i}");
}
