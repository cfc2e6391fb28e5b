namespace Zotify.Logging.Journal;

/// <summary>The names of the files next to a journal: the journal's name and one of these endings.</summary>
internal static class SideFiles
{
    /// <summary>The journal's id.</summary>
    public const string Id = ".id";

    /// <summary>Torn last lines that recovery moved away.</summary>
    public const string Torn = ".torn";

    /// <summary>Lines that are not in the database, because it refuses them.</summary>
    public const string Rejected = ".rejected";

    /// <summary>A small file by which the journal finds out whether the disk accepts bytes again.</summary>
    public const string Probe = ".probe";

    /// <summary>A segment without a durable line. The segment that replaces it has all its lines.</summary>
    public const string Void = ".void";

    /// <summary>Another program's file that had the name of a segment.</summary>
    public const string Replaced = ".replaced";

    /// <summary>A segment that is being restored from its open file, before it gets its name.</summary>
    public const string Restoring = ".restoring";

    /// <summary>The last proof of the audit log.</summary>
    public const string Proof = ".proof";

    /// <summary>The end of the name of a target's checkpoint; before it the target's name.</summary>
    public const string Shipped = ".shipped";

    /// <summary>All of them, and those that a new content is first written to.</summary>
    public static IReadOnlyList<string> All { get; } =
        [Id, Id + ".new", Torn, Rejected, Probe, Void, Replaced, Restoring, Proof, Proof + ".new"];

    /// <summary>Whether a journal may use this name: it is the journal's own, a side file's, or a rolled segment's.</summary>
    public static bool IsOf(string journal, string name)
    {
        if (name.EndsWith(Replaced, StringComparison.Ordinal) && IsOf(journal, name[..^Replaced.Length])) return true;
        return name == journal
            || (name.StartsWith(journal, StringComparison.Ordinal) && IsEnding(name[journal.Length..]))
            || SegmentNames.TryParse(journal, name, out _);
    }

    private static bool IsEnding(string ending) =>
        All.Contains(ending)
        || ending.EndsWith(Shipped, StringComparison.Ordinal)
        || ending.EndsWith($"{Shipped}.new", StringComparison.Ordinal);
}
