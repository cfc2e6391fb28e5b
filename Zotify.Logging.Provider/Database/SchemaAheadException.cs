namespace Zotify.Logging;

/// <summary>Thrown where the tables are of a newer version than this program. It does not write to them; the journals wait.</summary>
public sealed class SchemaAheadException : InvalidOperationException
{
    /// <param name="changes">The changes that this program does not know.</param>
    internal SchemaAheadException(IReadOnlyList<string> changes)
        : base($"The database is of a newer version than this program, which does not know: {string.Join(", ", changes)}. "
            + "Nothing was changed. Use a program of the newer version, or set Logging:Zotify:Database:ConnectionString to another "
            + "database; until then the journals keep what is logged.")
    {
    }
}
