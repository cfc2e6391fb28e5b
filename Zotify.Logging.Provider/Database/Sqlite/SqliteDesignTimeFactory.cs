using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Zotify.Logging.Provider.Database.Sqlite;

/// <summary>Lets <c>dotnet ef migrations add … --context SqliteLoggingDbContext --output-dir Database/Migrations/Sqlite</c> see the model; opens nothing.</summary>
internal sealed class SqliteDesignTimeFactory : IDesignTimeDbContextFactory<SqliteLoggingDbContext>
{
    /// <inheritdoc/>
    public SqliteLoggingDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqliteLoggingDbContext>().UseSqlite("Data Source=design-time.db").Options);
}
