namespace Zotify.Logging.AspNetCore.Sources;

/// <summary>A client that would follow a run. Immutable.</summary>
/// <param name="Cursor">Its cursor.</param>
/// <param name="UpTo">Up to when it has everything.</param>
/// <param name="Wanted">The sources that it wants. In the others, a run that begins for it begins at their ends.</param>
/// <param name="Away">Why sources are away, as far as it knows.</param>
internal sealed record RunCandidate(MergedCursor Cursor, DateTimeOffset UpTo, bool[] Wanted, string?[] Away)
{
    /// <summary>Whether it has read everything that there was.</summary>
    public bool HasReadAll { get; init; }

    /// <summary>A run for which it has waited in vain.</summary>
    public MergedRun? Avoided { get; init; }

    /// <summary>Whether it wants every source.</summary>
    public bool WantsAll => !Wanted.Contains(false);
}
