using System.Data.Common;

namespace Zotify.Logging.Database;

/// <summary>Reads columns that may be NULL.</summary>
internal static class DbDataReaderExtensions
{
    /// <summary>A text, or <see langword="null"/>.</summary>
    public static string? TextOrNull(this DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    /// <summary>The times in the first two columns, or <see langword="null"/>.</summary>
    public static (DateTime First, DateTime Last)? SpanOrNull(this DbDataReader row, SqlDialect dialect) =>
        row.IsDBNull(0) || row.IsDBNull(1) ? null : (dialect.ReadTime(row, 0), dialect.ReadTime(row, 1));

    /// <summary>A number, or <see langword="null"/>.</summary>
    public static long? NumberOrNull(this DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);
}
