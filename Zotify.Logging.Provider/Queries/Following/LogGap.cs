namespace Zotify.Logging.Queries;

/// <summary>
/// Entries are missing between <see cref="From"/> and <see cref="LogItem{TEntry}.Cursor"/>, because retention deleted them or a file was
/// truncated. The cursor is right before the first entry after them.
/// </summary>
/// <typeparam name="TEntry">The log's entries.</typeparam>
/// <param name="From">Opaque: the cursor that was handed in, or that of the last entry before the missing ones.</param>
/// <param name="Cursor">Opaque: hand it back to go on after this item.</param>
public sealed record LogGap<TEntry>(string From, string Cursor) : LogItem<TEntry>(Cursor)
{
    /// <summary>The instance whose entries are missing, in a stream of several logs; otherwise <see langword="null"/>.</summary>
    public string? Instance { get; init; }

    /// <summary>The time of the last entry before the missing ones; <see langword="null"/> where this reader has not read it.</summary>
    public DateTimeOffset? FromTime { get; init; }

    /// <summary>The time of the first entry after the missing ones; <see langword="null"/> if there is none yet.</summary>
    public DateTimeOffset? ToTime { get; init; }
}
