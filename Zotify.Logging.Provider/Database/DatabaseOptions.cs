using System.ComponentModel.DataAnnotations;

namespace Zotify.Logging;

/// <summary>The database that journals are projected to. Configured under <c>Logging:Zotify:Database</c>; takes effect at the next
/// start.</summary>
public sealed class DatabaseOptions
{
    /// <summary>The engine.</summary>
    [RestartOnly]
    [EnumDataType(typeof(DatabaseProvider))]
    public DatabaseProvider Provider { get; set; } = DatabaseProvider.Sqlite;

    /// <summary>
    /// The connection string: for SQLite a file, relative to <c>Logging:Zotify:Directory</c>; for SQL Server at least a server and a
    /// database. Ignored where <see cref="Provider"/> is <see cref="DatabaseProvider.None"/>.
    /// </summary>
    [RestartOnly]
    [Required]
    public string ConnectionString { get; set; } = "Data Source=zotify.db";

    /// <summary>
    /// The schema that the tables are in, on SQL Server; by default <c>dbo</c>. Applications that share a database each need their own: up
    /// to 64 letters, digits, <c>_</c> or <c>-</c>, not a digit first. SQLite has no schemas, so it is an error there. Ignored where
    /// <see cref="Provider"/> is <see cref="DatabaseProvider.None"/>.
    /// </summary>
    [RestartOnly]
    public string? Schema { get; set; }

    /// <summary>
    /// Whether the start brings the tables up to this version. By default <see langword="true"/> for SQLite and <see langword="false"/> for
    /// SQL Server, where the command <c>database migrate</c> or a script does it. Tables of an older version are then reported, and the
    /// journals wait.
    /// </summary>
    [RestartOnly]
    public bool? MigrateOnStart { get; set; }
}
