namespace Zotify.Logging;

/// <summary>The engines that journals can be projected to.</summary>
public enum DatabaseProvider
{
    /// <summary>SQLite, embedded: nothing to install.</summary>
    Sqlite,

    /// <summary>
    /// SQL Server 2017 or later, or Azure SQL, for instances on more than one machine. Needs the package Zotify.Logging.SqlServer and
    /// <c>builder.Logging.AddZotifySqlServer()</c>.
    /// </summary>
    SqlServer,

    /// <summary>
    /// No database: files only. The journals are written, and kept within their handlers' limits of age and size. Whatever reads the
    /// database throws <see cref="NoDatabaseException"/>; over HTTP that is 501.
    /// </summary>
    None,
}
