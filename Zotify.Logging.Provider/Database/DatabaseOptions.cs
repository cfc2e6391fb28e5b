using System.ComponentModel.DataAnnotations;

namespace Zotify.Logging;

/// <summary>Where journals are projected to. Configured under <c>Logging:Zotify:Database</c>; takes effect at the next start.</summary>
public sealed class DatabaseOptions
{
    /// <summary>The engine.</summary>
    [RestartOnly]
    [EnumDataType(typeof(DatabaseProvider))]
    public DatabaseProvider Provider { get; set; } = DatabaseProvider.Sqlite;

    /// <summary>
    /// The connection string: of SQLite a file, relative to <c>Logging:Zotify:Directory</c>; of SQL Server at least a server and a database.
    /// Of no meaning where <see cref="Provider"/> is <see cref="DatabaseProvider.None"/>.
    /// </summary>
    [RestartOnly]
    [Required]
    public string ConnectionString { get; set; } = "Data Source=zotify.db";

    /// <summary>
    /// Whether the tables are brought up to this version at the start. By default <see langword="true"/> for SQLite and
    /// <see langword="false"/> for SQL Server, where the command <c>database migrate</c> or a script does it; tables that are
    /// behind are then reported, and the journals wait.
    /// </summary>
    [RestartOnly]
    public bool? MigrateOnStart { get; set; }
}
