namespace Zotify.Logging.Provider.Database.Entities;

/// <summary>A journal that is projected, and how far: table <c>journals</c>.</summary>
internal sealed class JournalRow
{
    public long Id { get; set; }

    /// <summary>The journal's id.</summary>
    public Guid Journal { get; set; }

    public required string Instance { get; set; }

    /// <summary>The active file's name.</summary>
    public required string Name { get; set; }

    /// <summary>The last projected line; with the next three the cursor.</summary>
    public long Seq { get; set; }

    /// <summary>SHA-256 of the last projected line, in hex, to know it again.</summary>
    public required string Hash { get; set; }

    public long Segment { get; set; }

    public long Offset { get; set; }
}
