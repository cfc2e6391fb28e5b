using Microsoft.Extensions.Hosting;

namespace Zotify.Logging.Dispatch;

/// <summary>
/// Ties the handlers to a host, unless the provider was removed from its logging (<c>ClearProviders</c>). A handler that cannot start stops
/// the start of the application before anything else runs. When the host has stopped, everything that was logged is on the disk. The
/// disposal of the container drains the rest.
/// </summary>
internal sealed class LoggingLifetime(LoggingService service) : IHostedLifecycleService
{
    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) =>
        service.HasProvider ? service.StartedAsync(cancellationToken) : Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => service.StopAsync(cancellationToken);
}
