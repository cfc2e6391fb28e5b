using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Zotify.Logging.Provider.Database.Sqlite;

/// <summary>Tells EF Core how times stand in SQLite.</summary>
internal sealed class SqliteTimeConverter() : ValueConverter<DateTime, string>(time => SqliteValues.OfTime(time), text => SqliteValues.ToTime(text));
