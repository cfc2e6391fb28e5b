using Zotify.Logging.Handlers;

namespace Zotify.Logging.Dispatch;

/// <summary>The pipeline of a built-in handler. All services of the process with the same log directory share it. Thread-safe.</summary>
/// <param name="registration">The handler.</param>
/// <param name="options">The service's options for it.</param>
/// <param name="directory">The service's access to the directory.</param>
internal sealed class SharedPipeline(HandlerRegistration registration, LogHandlerOptions options, DirectoryAccess directory)
    : IPipelineSource
{
    private volatile LogHandlerOptions _options = options;

    /// <inheritdoc/>
    public bool IsMeasured => directory.IsMeasured;

    /// <inheritdoc/>
    public HandlerPipeline? Open() => directory.Open(registration, _options);

    /// <inheritdoc/>
    public HandlerPipeline? Find() => directory.Find(registration.Name);

    /// <inheritdoc/>
    public HandlerPipeline Unopened() => directory.Unopened(registration, _options);

    /// <inheritdoc/>
    public void Change(LogHandlerOptions options)
    {
        _options = options;
        directory.Change(registration.Name, options);
    }
}
