namespace Zotify.Logging.Database;

/// <summary>Thrown where tables are gone that an earlier start created. Nothing was changed; the journals wait.</summary>
/// <param name="tables">The missing tables, with their schema.</param>
internal sealed class MissingTablesException(IEnumerable<string> tables) : InvalidOperationException(
    $"The database lacks tables that were created before: {string.Join(", ", tables)}. Restore the database from a backup; or configure an "
    + "empty database in Logging:Zotify:Database:ConnectionString, which gets what the journals still have.");
