using System.Data.Common;

namespace Zotify.Logging.Database;

/// <summary>Reads the values that each engine stores in a way of its own.</summary>
internal interface IStoredValues
{
    /// <summary>The time in UTC that a column of a row holds.</summary>
    DateTime ReadTime(DbDataReader row, int column);

    /// <summary>The UUID that a column of a row holds.</summary>
    Guid ReadId(DbDataReader row, int column);
}
