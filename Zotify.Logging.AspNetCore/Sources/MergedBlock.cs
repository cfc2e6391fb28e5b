using Zotify.Logging.Queries;

namespace Zotify.Logging.AspNetCore.Sources;

/// <summary>Items that were merged together, for all subscribers. Immutable.</summary>
/// <param name="First">The number of the first item, without a hole from block to block.</param>
/// <param name="Start">The cursor before it; nobody changes it.</param>
/// <param name="Block">The items.</param>
/// <param name="Origins">Where each item is from.</param>
internal sealed record MergedBlock(long First, MergedCursor Start, LogBlock<SystemLogEntry> Block, MergedOrigin[] Origins)
{
    /// <summary>The number after that of the last item.</summary>
    public long Next => First + Origins.Length;
}
