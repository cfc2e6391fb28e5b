using Zotify.Logging.Queries;

namespace Zotify.Logging.AspNetCore.Sources;

/// <summary>Where the follower of a source puts what it reads.</summary>
/// <param name="run">The run.</param>
/// <param name="source">The number of the source.</param>
internal sealed class RunFeed(MergedRun run, int source)
{
    /// <summary>Adds a block. Returns when there is space for more.</summary>
    public ValueTask AddAsync(LogBlock<SystemLogEntry> block) => run.AddAsync(source, block);

    /// <summary>The source is away.</summary>
    public void Leave(string reason) => run.Leave(source, reason);
}
