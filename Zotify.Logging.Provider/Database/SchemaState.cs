namespace Zotify.Logging.Database;

/// <summary>The tables of a database, compared with this program's version.</summary>
/// <param name="Missing">The changes that would bring them up to this version, in order.</param>
/// <param name="Unknown">The changes that a newer version made.</param>
/// <param name="IsRecorded">False where only the history of an earlier version lists what was applied: a migration converts that.</param>
internal sealed record SchemaState(IReadOnlyList<string> Missing, IReadOnlyList<string> Unknown, bool IsRecorded)
{
    /// <summary>The schema that has the tables instead of the expected one; <see langword="null"/> where none is known.</summary>
    public string? OtherSchema { get; init; }

    /// <summary>The marker of a copy that is not finished; <see langword="null"/> where there is none.</summary>
    public string? UnfinishedCopy => Unknown.FirstOrDefault(CopySupport.IsMarker);

    /// <summary>Whether a migration would change nothing.</summary>
    public bool IsCurrent => Missing.Count == 0 && IsRecorded;

    /// <summary>Compares the changes that this program knows with those that the database lists.</summary>
    public static SchemaState Of(IReadOnlyList<string> known, IEnumerable<string> applied)
    {
        string[] all = [.. applied];
        return new SchemaState([.. known.Except(all)], [.. all.Except(known)], IsRecorded: true);
    }

    /// <summary>
    /// Throws where the tables are of a newer version, because this program's rows would lack values that the newer one needs; where they
    /// are in another schema, because a migration would create a second set of tables; and where a copy into them is not finished.
    /// </summary>
    /// <exception cref="SchemaAheadException">The tables are of a newer version.</exception>
    /// <exception cref="OtherSchemaException">The tables are in another schema.</exception>
    /// <exception cref="UnfinishedCopyException">A copy into the tables is not finished.</exception>
    public void EnsureUsable()
    {
        if (OtherSchema is not null) throw new OtherSchemaException(OtherSchema);
        if (UnfinishedCopy is not null) throw new UnfinishedCopyException();
        if (Unknown.Count > 0) throw new SchemaAheadException(Unknown);
    }
}
