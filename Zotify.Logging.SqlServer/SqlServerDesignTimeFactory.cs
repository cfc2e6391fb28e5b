using Microsoft.EntityFrameworkCore.Design;

namespace Zotify.Logging.SqlServer;

/// <summary>Gives the model to <c>dotnet ef migrations add …</c> in this project. Opens nothing.</summary>
internal sealed class SqlServerDesignTimeFactory : IDesignTimeDbContextFactory<ZotifyLogsContext>
{
    /// <inheritdoc/>
    public ZotifyLogsContext CreateDbContext(string[] args) => new(SqlServerMigration.Options("Server=design-time;Database=zotify"));
}
