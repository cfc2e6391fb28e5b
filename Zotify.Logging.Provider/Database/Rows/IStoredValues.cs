using System.Data.Common;

namespace Zotify.Logging.Database;

/// <summary>Reads values that each engine stores in a different form.</summary>
internal interface IStoredValues
{
    /// <summary>The time in a column of a row, in UTC.</summary>
    DateTime ReadTime(DbDataReader row, int column);

    /// <summary>The UUID in a column of a row.</summary>
    Guid ReadId(DbDataReader row, int column);
}
