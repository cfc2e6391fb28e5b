namespace Zotify.Logging.Queries;

/// <summary>Does not wait: a sidecar knows only those records of the application that are in its files.</summary>
internal sealed class NoReadYourWrites : IReadYourWrites
{
    /// <inheritdoc/>
    public Task<long> CatchUpAsync(CancellationToken cancellationToken) => Task.FromResult(0L);
}
