using System.Data.Common;
using System.Globalization;

namespace Zotify.Logging.Database;

/// <summary>A query or another statement, with its parameters. Executed once: a parameter belongs to one command.</summary>
internal sealed record SqlQuery
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

    /// <summary>
    /// Creates a statement from raw text. Interpolated parts become part of the statement, so pass values as parameters.
    /// </summary>
    /// <param name="text">The statement.</param>
    /// <param name="parameters">The parameters that it names.</param>
    public static SqlQuery Raw(string text, params DbParameter[] parameters) => new(text, parameters);

    private static string Name(int i) => string.Create(CultureInfo.InvariantCulture, $"@p{i}");
}
