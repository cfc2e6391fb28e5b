namespace Zotify.Logging.Database;

/// <summary>How the tables of a database stand to this program.</summary>
/// <param name="Missing">The changes that would bring them up to this version, in order.</param>
/// <param name="Unknown">The changes that a newer version made.</param>
/// <param name="IsRecorded">False where only the list of an earlier version says what was applied: a migration takes it over.</param>
internal sealed record SchemaState(IReadOnlyList<string> Missing, IReadOnlyList<string> Unknown, bool IsRecorded)
{
    /// <summary>Whether a migration has nothing to do.</summary>
    public bool IsCurrent => Missing.Count == 0 && IsRecorded;

    /// <summary>Compares what this program knows with what the database lists.</summary>
    public static SchemaState Of(IReadOnlyList<string> known, IEnumerable<string> applied)
    {
        string[] all = [.. applied];
        return new SchemaState([.. known.Except(all)], [.. all.Except(known)], IsRecorded: true);
    }

    /// <summary>Throws where the tables are of a newer version: this one would write rows that lack what the newer one needs.</summary>
    /// <exception cref="SchemaAheadException">They are.</exception>
    public void RefuseNewer()
    {
        if (Unknown.Count > 0) throw new SchemaAheadException(Unknown);
    }
}
