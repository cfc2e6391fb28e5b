using Microsoft.EntityFrameworkCore;

namespace Zotify.Logging.Provider.Database.Sqlite;

/// <summary>The tables in SQLite, which knows neither times nor UUIDs: both are texts of one length that sort as they should.</summary>
internal sealed class SqliteLoggingDbContext(DbContextOptions<SqliteLoggingDbContext> options) : LoggingDbContext(options)
{
    /// <inheritdoc/>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTime>().HaveConversion<SqliteTimeConverter>();
        configurationBuilder.Properties<Guid>().HaveConversion<SqliteGuidConverter>();
    }
}
