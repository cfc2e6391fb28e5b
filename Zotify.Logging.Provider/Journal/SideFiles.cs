namespace Zotify.Logging.Provider.Journal;

/// <summary>What the files beside a journal are called: its name and one of these.</summary>
internal static class SideFiles
{
    /// <summary>The journal's id.</summary>
    public const string Id = ".id";

    /// <summary>Torn last lines that recovery set aside.</summary>
    public const string Torn = ".torn";

    /// <summary>Lines that are not in the database, because it refuses them.</summary>
    public const string Rejected = ".rejected";

    /// <summary>A small file by which the journal finds out whether the disk takes bytes again.</summary>
    public const string Probe = ".probe";

    /// <summary>A segment without a durable line, all of which is in the segment that takes its place.</summary>
    public const string Void = ".void";

    /// <summary>Another program's file that stood at the name of a segment.</summary>
    public const string Replaced = ".replaced";

    /// <summary>A segment that is being restored from its open file, before it gets its name.</summary>
    public const string Restoring = ".restoring";

    /// <summary>All of them, with the one that an id is written to first.</summary>
    public static IReadOnlyList<string> All { get; } = [Id, Id + ".new", Torn, Rejected, Probe, Void, Replaced, Restoring];

    /// <summary>Whether a name is one that a journal may use, by the journal's name: its own, one beside it, or a rolled one.</summary>
    public static bool IsOf(string journal, string name)
    {
        if (name.EndsWith(Replaced, StringComparison.Ordinal) && IsOf(journal, name[..^Replaced.Length])) return true;
        return name == journal
            || (name.StartsWith(journal, StringComparison.Ordinal) && All.Contains(name[journal.Length..]))
            || SegmentNames.TryParse(journal, name, out _);
    }
}
