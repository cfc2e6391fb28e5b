using System.Data.Common;
using System.Globalization;

namespace Zotify.Logging.Database;

/// <summary>A query or another statement that can be put once.</summary>
/// <param name="Text">The statement.</param>
/// <param name="Parameters">The values that it names.</param>
internal sealed record SqlQuery(string Text, params DbParameter[] Parameters)
{
    /// <summary>A statement whose text has values in it: each becomes a parameter.</summary>
    public static SqlQuery Of(SqlDialect dialect, FormattableString text)
    {
        var parameters = text.GetArguments().Select((value, i) => dialect.Parameter(Name(i), value)).ToArray();
        return new SqlQuery(string.Format(CultureInfo.InvariantCulture, text.Format, [.. parameters.Select((_, i) => Name(i))]), parameters);
    }

    private static string Name(int i) => string.Create(CultureInfo.InvariantCulture, $"@p{i}");
}
