namespace Zotify.Logging.Database;

/// <summary>The tables of a database, compared with this program's version.</summary>
/// <param name="Missing">The changes that would bring them up to this version, in order.</param>
/// <param name="Unknown">The changes that a newer version made.</param>
/// <param name="IsRecorded">False where only the history of an earlier version lists what was applied: a migration converts that.</param>
internal sealed record SchemaState(IReadOnlyList<string> Missing, IReadOnlyList<string> Unknown, bool IsRecorded)
{
    /// <summary>Whether a migration would change nothing.</summary>
    public bool IsCurrent => Missing.Count == 0 && IsRecorded;

    /// <summary>Compares the changes that this program knows with those that the database lists.</summary>
    public static SchemaState Of(IReadOnlyList<string> known, IEnumerable<string> applied)
    {
        string[] all = [.. applied];
        return new SchemaState([.. known.Except(all)], [.. all.Except(known)], IsRecorded: true);
    }

    /// <summary>Throws where the tables are of a newer version: this program's rows would lack values that the newer one needs.</summary>
    /// <exception cref="SchemaAheadException">The tables are of a newer version.</exception>
    public void RefuseNewer()
    {
        if (Unknown.Count > 0) throw new SchemaAheadException(Unknown);
    }
}
