using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Zotify.Logging.Provider.Database.Sqlite;

/// <summary>Tells EF Core how UUIDs stand in SQLite.</summary>
internal sealed class SqliteGuidConverter() : ValueConverter<Guid, string>(id => SqliteValues.OfId(id), text => SqliteValues.ToId(text));
