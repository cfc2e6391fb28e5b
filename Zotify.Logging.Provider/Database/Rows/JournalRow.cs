using Zotify.Logging.Journal;

namespace Zotify.Logging;

/// <summary>A row of <c>journals</c>: a journal, and how far it is projected.</summary>
public sealed class JournalRow
{
    /// <summary>The number by which the other tables refer to the journal.</summary>
    public long Id { get; set; }

    /// <summary>The journal's own id.</summary>
    public required Guid Journal { get; set; }

    /// <summary>The instance that writes the journal.</summary>
    public required string Instance { get; set; }

    /// <summary>The name of the journal's active file.</summary>
    public required string Name { get; set; }

    /// <summary>The number of the last line that is projected; 0 before the first.</summary>
    public required long Seq { get; set; }

    /// <summary>The SHA-256 of that line, in lower-case hex; empty before the first.</summary>
    public required string Hash { get; set; }

    /// <summary>The number of the first line of that line's segment.</summary>
    public required long Segment { get; set; }

    /// <summary>The offset in that segment, in bytes, right after the line.</summary>
    public required long Offset { get; set; }

    /// <summary>The checkpoint as a position in the journal's files.</summary>
    internal JournalCheckpoint ToCheckpoint() => new(Seq, Hash, Segment, Offset);
}
