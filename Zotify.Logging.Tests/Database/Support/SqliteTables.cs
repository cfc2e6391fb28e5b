using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Zotify.Logging.Database;
using Zotify.Logging.SqlServer;

namespace Zotify.Logging.Tests.Database.Support;

/// <summary>SQLite's tables through the model of SQL Server's, for tests. Only times and UUIDs differ, which are texts.</summary>
internal sealed class SqliteTables(DbContextOptions<SqliteTables> options) : ZotifyLogsContext(options)
{
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTime>().HaveConversion<Time>();
        configurationBuilder.Properties<Guid>().HaveConversion<Id>();
    }

    private sealed class Time() : ValueConverter<DateTime, string>(time => SqliteValues.OfTime(time), text => SqliteValues.ToTime(text));

    private sealed class Id() : ValueConverter<Guid, string>(id => SqliteValues.OfId(id), text => SqliteValues.ToId(text));
}
