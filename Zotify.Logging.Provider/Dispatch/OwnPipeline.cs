using Zotify.Logging.Diagnostics;
using Zotify.Logging.Handlers;

namespace Zotify.Logging.Dispatch;

/// <summary>The pipeline of an application's own handler, which belongs to one service. Thread-safe.</summary>
internal sealed class OwnPipeline : IPipelineSource
{
    private readonly HandlerPipeline _pipeline;
    private readonly Action _opening;
    private readonly Lock _gate = new();
    private bool _isOpen;
    private bool _isClosed;

    /// <param name="registration">The handler.</param>
    /// <param name="options">Its options.</param>
    /// <param name="services">The container that creates the handler.</param>
    /// <param name="time">The clock.</param>
    /// <param name="diagnostics">Where the handler's failures are reported.</param>
    /// <param name="opening">Called before the handler is started.</param>
    public OwnPipeline(
        HandlerRegistration registration,
        LogHandlerOptions options,
        IServiceProvider services,
        TimeProvider time,
        SelfDiagnostics diagnostics,
        Action opening)
    {
        _pipeline = new HandlerPipeline(registration, registration.Prepare!(services), options, time, diagnostics);
        _opening = opening;
    }

    /// <inheritdoc/>
    public bool IsMeasured => true;

    /// <inheritdoc/>
    public HandlerPipeline? Open()
    {
        lock (_gate)
        {
            if (_isClosed) return null;
            if (_isOpen) return _pipeline;
            _isOpen = true;
            _opening();
            _pipeline.Start(Task.CompletedTask);
            return _pipeline;
        }
    }

    /// <inheritdoc/>
    public HandlerPipeline? Find()
    {
        lock (_gate) return _isOpen ? _pipeline : null;
    }

    /// <inheritdoc/>
    public HandlerPipeline Unopened() => _pipeline;

    /// <inheritdoc/>
    public void Change(LogHandlerOptions options)
    {
        var before = _pipeline.Options;
        _pipeline.Options = options;
        _pipeline.NotifyChanged(before);
    }

    /// <summary>Accepts no more records, and returns when all are written, or after the timeout.</summary>
    public Task CloseAsync(TimeSpan timeout)
    {
        lock (_gate) _isClosed = true;
        return _pipeline.DrainAsync(timeout);
    }
}
