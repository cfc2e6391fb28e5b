using System.Data.Common;

namespace Zotify.Logging.Provider.Database.Sqlite;

/// <summary>An event that the index of the texts found.</summary>
/// <param name="RowId">Its row's number.</param>
/// <param name="Place">Its place.</param>
/// <param name="Lag">How far that is from the first place of its time.</param>
/// <param name="MaxLag">How far any event's is.</param>
internal readonly record struct SqliteTextFound(long RowId, long Place, long Lag, long MaxLag)
{
    /// <summary>Reads it.</summary>
    public static SqliteTextFound Of(DbDataReader row) => new(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3));
}
