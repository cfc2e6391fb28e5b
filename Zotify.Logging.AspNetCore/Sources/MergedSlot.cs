namespace Zotify.Logging.AspNetCore.Sources;

/// <summary>What a subscriber gets next from a run. Used by one thread at a time; <see cref="RunPace"/> guards what changes.</summary>
/// <param name="seen">By source, the number of the last item that the subscriber already had when it joined.</param>
internal sealed class MergedSlot(long[] seen)
{
    /// <summary>From this number on, the subscriber has had no item.</summary>
    public long AllNewFrom { get; } = seen.Length == 0 ? 0 : seen.Max() + 1;

    /// <summary>The number of the next item.</summary>
    public long Next { get; set; } = seen.Length == 0 ? 0 : seen.Min() + 1;

    /// <summary>When the subscriber last took something, in timestamps of the clock.</summary>
    public long TakenAt { get; set; }

    /// <summary>Whether the subscriber already had an item.</summary>
    public bool HasSeen(int source, long number) => number <= seen[source];
}
