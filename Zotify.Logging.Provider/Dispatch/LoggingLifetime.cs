using Microsoft.Extensions.Hosting;

namespace Zotify.Logging.Provider.Dispatch;

/// <summary>
/// Ties the handlers to a host: a handler that cannot start stops the start of the application before anything else
/// runs, and what was logged is on the disk when the host has stopped. The container's disposal drains the rest.
/// </summary>
internal sealed class LoggingLifetime(LoggingService service, IDispatchSettingsSource settings, TimeProvider time) : IHostedLifecycleService
{
    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => service.StartedAsync(cancellationToken);

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(settings.Current.ShutdownTimeout, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            await service.FlushAsync(FlushTo.Disk, linked.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            // The drain in the service's disposal has the last word: it counts what is left and says so.
        }
    }
}
