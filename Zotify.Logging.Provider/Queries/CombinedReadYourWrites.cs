namespace Zotify.Logging.Queries;

/// <summary>Waits for several logs at once, and adds up how far each is behind. Thread-safe.</summary>
internal sealed class CombinedReadYourWrites(params IReadYourWrites[] all) : IReadYourWrites
{
    /// <inheritdoc/>
    public async Task<long> CatchUpAsync(CancellationToken cancellationToken) =>
        (await Task.WhenAll(all.Select(one => one.CatchUpAsync(cancellationToken))).ConfigureAwait(false)).Sum();
}
