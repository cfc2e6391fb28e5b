using Zotify.Logging.Queries;

namespace Zotify.Logging.Benchmarks.Databases;

/// <summary>For a process that logs nothing.</summary>
internal sealed class NothingToWaitFor : IReadYourWrites
{
    public Task<long> CatchUpAsync(CancellationToken cancellationToken) => Task.FromResult(0L);
}
