using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Zotify.Logging.SqlServer;

/// <summary>Converts times for EF Core to the form in SQL Server.</summary>
internal sealed class SqlServerTimeConverter() : ValueConverter<DateTime, DateTime>(
    time => SqlServerValues.OfTime(time), stored => SqlServerValues.ToTime(stored));
