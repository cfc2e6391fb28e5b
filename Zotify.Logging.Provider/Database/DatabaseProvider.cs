namespace Zotify.Logging.Provider.Database;

/// <summary>The engines that journals can be projected to.</summary>
public enum DatabaseProvider
{
    /// <summary>SQLite, embedded: nothing to install.</summary>
    Sqlite,
}
