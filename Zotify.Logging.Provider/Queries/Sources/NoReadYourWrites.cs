namespace Zotify.Logging.Queries;

/// <summary>What another process has in its files is all that can be known of what it logs: nothing is waited for.</summary>
internal sealed class NoReadYourWrites : IReadYourWrites
{
    /// <inheritdoc/>
    public ValueTask<long> CatchUpAsync(CancellationToken cancellationToken) => ValueTask.FromResult(0L);
}
