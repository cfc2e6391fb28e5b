using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Zotify.Logging.Provider.Database.SqlServer;

/// <summary>Lets <c>dotnet ef migrations add … --context SqlServerLoggingDbContext --output-dir Database/Migrations/SqlServer</c> see the model; opens nothing.</summary>
internal sealed class SqlServerDesignTimeFactory : IDesignTimeDbContextFactory<SqlServerLoggingDbContext>
{
    /// <inheritdoc/>
    public SqlServerLoggingDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqlServerLoggingDbContext>().UseSqlServer("Server=design-time;Database=zotify").Options);
}
