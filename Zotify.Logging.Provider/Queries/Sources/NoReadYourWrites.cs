namespace Zotify.Logging.Queries;

/// <summary>Waits for nothing: a sidecar knows of what the application logs only what is in its files.</summary>
internal sealed class NoReadYourWrites : IReadYourWrites
{
    /// <inheritdoc/>
    public ValueTask<long> CatchUpAsync(CancellationToken cancellationToken) => ValueTask.FromResult(0L);
}
