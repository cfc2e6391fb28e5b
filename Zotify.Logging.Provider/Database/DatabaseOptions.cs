using System.ComponentModel.DataAnnotations;

namespace Zotify.Logging.Provider.Database;

/// <summary>Where journals are projected to. Configured under <c>Logging:Zotify:Database</c>; takes effect at the next start.</summary>
public sealed class DatabaseOptions
{
    /// <summary>The engine.</summary>
    [RestartOnly]
    [EnumDataType(typeof(DatabaseProvider))]
    public DatabaseProvider Provider { get; set; } = DatabaseProvider.Sqlite;

    /// <summary>The connection string; a relative SQLite file is relative to the content root.</summary>
    [RestartOnly]
    [Required]
    public string ConnectionString { get; set; } = "Data Source=logs/zotify.db";
}
