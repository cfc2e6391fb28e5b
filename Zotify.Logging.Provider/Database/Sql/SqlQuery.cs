using System.Data.Common;
using System.Globalization;

namespace Zotify.Logging.Database;

/// <summary>A query or another statement, with its parameters. Executed once: a parameter belongs to one command.</summary>
internal sealed record SqlQuery
{
    /// <summary>Makes a statement of an interpolated text: every value in it becomes a parameter.</summary>
    /// <param name="dialect">Makes the parameters.</param>
    /// <param name="text">
    /// The text. A part of the statement itself, such as a table's name, does not belong into it: see <see cref="Raw"/>.
    /// </param>
    public SqlQuery(SqlDialect dialect, FormattableString text)
    {
        Parameters = [.. text.GetArguments().Select((value, i) => dialect.Parameter(Name(i), value))];
        Text = string.Format(CultureInfo.InvariantCulture, text.Format, [.. Parameters.Select((_, i) => Name(i))]);
    }

    private SqlQuery(string text, DbParameter[] parameters) => (Text, Parameters) = (text, parameters);

    /// <summary>The statement.</summary>
    public string Text { get; }

    /// <summary>The values that it names.</summary>
    public DbParameter[] Parameters { get; }

    /// <summary>
    /// Makes a statement of raw text: what is interpolated becomes part of the statement, so values belong into parameters.
    /// </summary>
    /// <param name="text">The statement.</param>
    /// <param name="parameters">The values that it names.</param>
    public static SqlQuery Raw(string text, params DbParameter[] parameters) => new(text, parameters);

    private static string Name(int i) => string.Create(CultureInfo.InvariantCulture, $"@p{i}");
}
