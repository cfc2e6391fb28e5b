using System.Threading.Channels;

namespace Zotify.Logging.Web.Demo;

/// <summary>
/// Runs the requested syncs, one after the other. If the host stops during a sync, its job stays <c>running</c> in the log until the next
/// start marks it as interrupted.
/// </summary>
internal sealed class SyncQueue(LibrarySync sync) : BackgroundService
{
    private const int MaxWaiting = 100;

    private readonly Channel<string> _jobs = Channel.CreateBounded<string>(MaxWaiting);

    /// <summary>Queues a sync. Returns false where too many wait already. Thread-safe.</summary>
    public bool TryAdd(string jobId) => _jobs.Writer.TryWrite(jobId);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var jobId in _jobs.Reader.ReadAllAsync(stoppingToken)) await sync.RunAsync(jobId, stoppingToken);
    }
}
