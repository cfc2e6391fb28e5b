using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Zotify.Logging.Provider.Database.Sqlite;

/// <summary>UUIDs as 36 lower-case characters: as they stand in the files, and sorting by time where they are of version 7.</summary>
internal sealed class SqliteGuidConverter() : ValueConverter<Guid, string>(id => id.ToString("D"), text => FromText(text))
{
    /// <summary>The UUID of a text.</summary>
    public static Guid FromText(string text) => Guid.ParseExact(text, "D");
}
