using System.Globalization;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Zotify.Logging.SqlServer;

/// <summary>The schema in the options of a <see cref="ZotifyLogsContext"/>. Immutable.</summary>
/// <param name="schema">The schema's name.</param>
internal sealed class ZotifySchemaExtension(string schema) : IDbContextOptionsExtension
{
    /// <summary>The schema's name.</summary>
    public string Schema { get; } = schema;

    /// <inheritdoc/>
    public DbContextOptionsExtensionInfo Info => new OfSchema(this);

    /// <inheritdoc/>
    public void ApplyServices(IServiceCollection services)
    {
    }

    /// <inheritdoc/>
    public void Validate(IDbContextOptions options)
    {
    }

    /// <summary>EF Core keeps one model for each set of its services, so every schema has services of its own.</summary>
    private sealed class OfSchema(ZotifySchemaExtension extension) : DbContextOptionsExtensionInfo(extension)
    {
        public override bool IsDatabaseProvider => false;

        public override string LogFragment => string.Create(CultureInfo.InvariantCulture, $"ZotifySchema={extension.Schema} ");

        public override int GetServiceProviderHashCode() => extension.Schema.GetHashCode(StringComparison.Ordinal);

        public override bool ShouldUseSameServiceProvider(DbContextOptionsExtensionInfo other) =>
            other is OfSchema && ((ZotifySchemaExtension)other.Extension).Schema == extension.Schema;

        public override void PopulateDebugInfo(IDictionary<string, string> debugInfo) => debugInfo["Zotify:Schema"] = extension.Schema;
    }
}
