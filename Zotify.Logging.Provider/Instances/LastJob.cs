namespace Zotify.Logging.Instances;

/// <summary>When a job of a type last logged something. The default: no job ever did.</summary>
/// <param name="At">The time, in UTC, by the reader's clock.</param>
/// <param name="Written">The time that the table has. It may be ahead.</param>
/// <param name="Ahead">The last time that was ahead of the reader's clock. It counted once, when it was read.</param>
/// <param name="AheadEntries">How many entries the job with that time had.</param>
internal readonly record struct LastJob(DateTime At, DateTime Written, DateTime Ahead, long AheadEntries)
{
    /// <summary>Whether there was one.</summary>
    public bool Exists => Written != default;
}
