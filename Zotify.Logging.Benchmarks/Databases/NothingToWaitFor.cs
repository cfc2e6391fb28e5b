using Zotify.Logging.Queries;

namespace Zotify.Logging.Benchmarks.Databases;

/// <summary>For a process that logs nothing.</summary>
internal sealed class NothingToWaitFor : IReadYourWrites
{
    public ValueTask<long> CatchUpAsync(CancellationToken cancellationToken) => ValueTask.FromResult(0L);
}
