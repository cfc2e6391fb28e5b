using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Zotify.Logging.Provider.Database.Sqlite;

/// <summary>Lets <c>dotnet ef migrations add</c> make the migrations of SQLite.</summary>
internal sealed class SqliteDesignTimeFactory : IDesignTimeDbContextFactory<SqliteLoggingDbContext>
{
    /// <inheritdoc/>
    public SqliteLoggingDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqliteLoggingDbContext>().UseSqlite("Data Source=:memory:").Options);
}
