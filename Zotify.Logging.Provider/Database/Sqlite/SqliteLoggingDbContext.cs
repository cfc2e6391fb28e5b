using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Zotify.Logging.Provider.Database.Sqlite;

/// <summary>The model on SQLite, and the owner of its migrations.</summary>
internal sealed class SqliteLoggingDbContext(DbContextOptions<SqliteLoggingDbContext> options) : LoggingDbContext(options)
{
    /// <inheritdoc/>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTime>().HaveConversion<TimeConverter>();
        configurationBuilder.Properties<Guid>().HaveConversion<IdConverter>();
    }

    private sealed class TimeConverter() : ValueConverter<DateTime, string>(time => SqliteText.Of(time), text => SqliteText.Time(text));

    private sealed class IdConverter() : ValueConverter<Guid, string>(id => SqliteText.Of(id), text => Guid.Parse(text));
}
