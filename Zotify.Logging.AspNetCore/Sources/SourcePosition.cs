namespace Zotify.Logging.AspNetCore.Sources;

/// <summary>Where a reader is in one source. Immutable; the default is the source's end, whatever that is.</summary>
/// <param name="Cursor">The source's own cursor; <see langword="null"/> where none is known yet.</param>
/// <param name="Since">Without a cursor, the time to begin at; <see langword="null"/> for the source's end.</param>
internal readonly record struct SourcePosition(string? Cursor, DateTimeOffset? Since)
{
    /// <summary>Before the oldest line.</summary>
    public static SourcePosition Beginning { get; } = Of(DateTimeOffset.MinValue);

    /// <summary>Whether nothing is known of it.</summary>
    public bool IsEnd => Cursor is null && Since is null;

    /// <summary>After the line of a cursor.</summary>
    public static SourcePosition Of(string cursor) => new(cursor, null);

    /// <summary>Before the first line of a time.</summary>
    public static SourcePosition Of(DateTimeOffset since) => new(null, since);
}
