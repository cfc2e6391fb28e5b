using System.Data.Common;

namespace Zotify.Logging.Provider.Database.Sql;

/// <summary>Columns that may have no value.</summary>
internal static class DbDataReaderExtensions
{
    /// <summary>A text, or none.</summary>
    public static string? TextOrNull(this DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    /// <summary>A number, or none.</summary>
    public static long? NumberOrNull(this DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);
}
