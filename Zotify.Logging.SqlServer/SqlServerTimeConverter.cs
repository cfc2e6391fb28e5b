using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Zotify.Logging.SqlServer;

/// <summary>Tells EF Core how times stand in SQL Server.</summary>
internal sealed class SqlServerTimeConverter() : ValueConverter<DateTime, DateTime>(
    time => SqlServerValues.OfTime(time), stored => SqlServerValues.ToTime(stored));
