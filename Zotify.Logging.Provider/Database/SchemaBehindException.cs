namespace Zotify.Logging.Database;

/// <summary>Thrown where the tables are of an older version, and may not be changed at the start.</summary>
/// <param name="migrations">The migrations that are missing.</param>
internal sealed class SchemaBehindException(IReadOnlyList<string> migrations) : Exception(
    $"The tables are behind this version; missing: {string.Join(", ", migrations)}. Run the command 'database migrate' or the script that "
    + "'database script' prints, or set Logging:Zotify:Database:MigrateOnStart to true.");
