namespace Zotify.Logging.Dispatch;

/// <summary>
/// A piece of work, such as a request, that must not be answered before what it logged is on the disk. It collects the journals that the
/// work logs to, and flows with the execution context: calls of all tasks that the work starts count. Thread-safe.
/// </summary>
internal sealed class LoggedWork
{
    private static readonly AsyncLocal<LoggedWork?> Local = new();
    private static volatile bool _isUsed;

    private readonly Lock _gate = new();
    private readonly List<HandlerPipeline> _pipelines = [];
    private volatile bool _hasLogged;

    private LoggedWork()
    {
    }

    /// <summary>The work that the code which runs now belongs to, if any.</summary>
    // Reading an AsyncLocal costs a log call more than this flag, which stays false in most programs.
    public static LoggedWork? Current => _isUsed ? Local.Value : null;

    /// <summary>Whether there are records in journals that no <see cref="FlushAsync"/> has brought to the disk.</summary>
    public bool HasLogged => _hasLogged;

    /// <summary>Begins a piece of work. It is current until the calling async method returns.</summary>
    public static LoggedWork Begin()
    {
        _isUsed = true;
        var work = new LoggedWork();
        Local.Value = work;
        return work;
    }

    /// <summary>Adds the pipeline of a journal that gets a record of the work.</summary>
    public void Add(HandlerPipeline pipeline)
    {
        lock (_gate)
        {
            if (!_pipelines.Contains(pipeline)) _pipelines.Add(pipeline);
            _hasLogged = true;
        }
    }

    /// <summary>
    /// Returns when everything that the work logged before is on the disk. Concurrent calls share an fsync. Fails at once while a journal
    /// cannot be written; the records may be written later.
    /// </summary>
    /// <exception cref="IOException">A journal did not reach its disk, or not within the <c>WaitTimeout</c> of its handler.</exception>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        HandlerPipeline[] pipelines;
        lock (_gate)
        {
            pipelines = [.. _pipelines];
            _pipelines.Clear();
            _hasLogged = false;
        }

        try
        {
            foreach (var flush in Array.ConvertAll(pipelines, pipeline => pipeline.FlushInTimeAsync(cancellationToken)))
                await flush.ConfigureAwait(false);
        }
        catch
        {
            foreach (var pipeline in pipelines) Add(pipeline);
            throw;
        }
    }
}
