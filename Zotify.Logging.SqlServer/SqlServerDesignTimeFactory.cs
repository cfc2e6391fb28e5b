using Microsoft.EntityFrameworkCore.Design;

namespace Zotify.Logging.SqlServer;

/// <summary>Lets <c>dotnet ef migrations add …</c> in this project see the model; opens nothing.</summary>
internal sealed class SqlServerDesignTimeFactory : IDesignTimeDbContextFactory<ZotifyLogsContext>
{
    /// <inheritdoc/>
    public ZotifyLogsContext CreateDbContext(string[] args) => new(SqlServerMigration.Options("Server=design-time;Database=zotify"));
}
