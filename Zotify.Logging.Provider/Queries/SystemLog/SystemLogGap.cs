namespace Zotify.Logging.Queries;

/// <summary>Lines are gone, between the place that was asked for or read last and the place where the log goes on.</summary>
/// <param name="From">Opaque: the place after the last line before them.</param>
/// <param name="Position">Opaque: the place before the first line after them, where to go on after this item.</param>
public sealed record SystemLogGap(string From, string Position) : SystemLogItem(Position)
{
    /// <summary>The time of the last line before them, where this reader has read it.</summary>
    public DateTimeOffset? FromTime { get; init; }

    /// <summary>The time of the first line after them, where there is one yet.</summary>
    public DateTimeOffset? ToTime { get; init; }
}
