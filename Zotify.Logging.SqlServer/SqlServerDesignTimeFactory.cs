using Microsoft.EntityFrameworkCore.Design;

namespace Zotify.Logging.SqlServer;

/// <summary>Creates the model for <c>dotnet ef migrations add …</c> in this project. Opens no connection.</summary>
internal sealed class SqlServerDesignTimeFactory : IDesignTimeDbContextFactory<ZotifyLogsContext>
{
    /// <inheritdoc/>
    public ZotifyLogsContext CreateDbContext(string[] args) => new(SqlServerMigration.Options("Server=design-time;Database=zotify"));
}
