namespace Zotify.Logging.Queries;

/// <summary>Entries are gone by retention, between the place that was asked for or read last and the place where the log goes on.</summary>
/// <param name="From">Opaque: the place after the last entry before them.</param>
/// <param name="Position">Opaque: the place before the first entry after them, where to go on after this item.</param>
public sealed record JobLogGap(string From, string Position) : JobLogItem(Position)
{
    /// <summary>The time of the first entry after them, where there is one yet.</summary>
    public DateTimeOffset? ToTime { get; init; }
}
