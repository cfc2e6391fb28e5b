namespace Zotify.Logging.Provider.Database;

/// <summary>The engines that journals can be projected to.</summary>
public enum DatabaseProvider
{
    /// <summary>SQLite, embedded: nothing to install.</summary>
    Sqlite,

    /// <summary>SQL Server 2017 or later, or Azure SQL: for instances on more than one machine.</summary>
    SqlServer,
}
