using Microsoft.EntityFrameworkCore.Infrastructure;
using Zotify.Logging.SqlServer;

// In this namespace, so that it is found where UseSqlServer is.
namespace Microsoft.EntityFrameworkCore;

/// <summary>Options of <see cref="ZotifyLogsContext"/>.</summary>
public static class ZotifyLogsDbContextOptionsBuilderExtensions
{
    /// <summary>
    /// Reads the tables of a schema, the one in <c>Logging:Zotify:Database:Schema</c>. Without it, the server looks for the tables in the
    /// login's default schema, then in <c>dbo</c>.
    /// </summary>
    /// <param name="builder">The options, before or after <c>UseSqlServer</c>.</param>
    /// <param name="schema">The schema's name.</param>
    /// <returns>The options.</returns>
    /// <exception cref="ArgumentException">A schema cannot have that name.</exception>
    public static DbContextOptionsBuilder UseZotifySchema(this DbContextOptionsBuilder builder, string schema)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(schema);
        if (SqlServerSchema.ErrorOf(schema) is { } error) throw new ArgumentException($"'{schema}': {error}", nameof(schema));
        ((IDbContextOptionsBuilderInfrastructure)builder).AddOrUpdateExtension(new ZotifySchemaExtension(schema));
        return builder;
    }
}
