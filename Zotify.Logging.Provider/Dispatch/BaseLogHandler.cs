using Zotify.Logging.Dispatch;

namespace Zotify.Logging.Handlers;

/// <summary>
/// The base of all handlers. A handler is a class that derives from this one (or from
/// <see cref="BaseLogHandler{TOptions}"/>, with options of its own) and a registration,
/// <c>AddHandler&lt;THandler&gt;("Name")</c>. The container injects services into its constructor.
/// </summary>
/// <remarks>
/// Each handler has a queue and one consumer: <see cref="StartAsync"/>, <see cref="WriteAsync"/>, <see cref="FlushAsync"/>
/// and <see cref="DisposeAsync"/> are never called at the same time. Log calls made inside them skip this handler.
/// </remarks>
public abstract class BaseLogHandler : IAsyncDisposable
{
    private LogHandlerContext? _context;

    /// <summary>The name it was registered with.</summary>
    /// <exception cref="InvalidOperationException">Read in the constructor: the handler is attached only after it.</exception>
    public string Name => Context.Name;

    /// <summary>The parts of a record that this handler reads. Parts that no selected handler needs are not captured.</summary>
    public virtual LogParts Needs => LogParts.All;

    /// <summary>The current options. They change at run time.</summary>
    /// <exception cref="InvalidOperationException">Read in the constructor: the handler is attached only after it.</exception>
    public LogHandlerOptions Options => Context.Options();

    internal LogHandlerContext Context =>
        _context
        ?? throw new InvalidOperationException($"{GetType().Name} is not attached yet: read Name and Options in StartAsync or later.");

    /// <summary>Called once, before the first batch. An exception stops the start of the application.</summary>
    protected internal virtual ValueTask StartAsync(CancellationToken cancellationToken) => default;

    /// <summary>
    /// Writes a batch. The calls of each thread come in their order. When it throws, <see cref="ShouldRetry"/> decides whether the same
    /// batch is passed again; otherwise its records are counted as dropped, <c>handler_failed</c>. The list is valid only until the
    /// returned task completes; its records stay valid.
    /// </summary>
    protected internal abstract ValueTask WriteAsync(IReadOnlyList<LogRecord> batch, CancellationToken cancellationToken);

    /// <summary>Returns when the records of <see cref="WriteAsync"/> are safe: <see cref="FlushTo.Disk"/>.</summary>
    protected internal virtual ValueTask FlushAsync(CancellationToken cancellationToken) => default;

    /// <summary>
    /// Returns when the flushed records are in the database: <see cref="FlushTo.Database"/>. Unlike the other members, it may run while
    /// later batches are written, because a database may be down for hours.
    /// </summary>
    protected internal virtual Task ProjectAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Whether <see cref="FlushAsync"/> has something to do for records of ended batches.</summary>
    internal virtual bool HasUnflushed => true;

    /// <summary>Whether <see cref="ProjectAsync"/> has something to do for flushed records.</summary>
    internal virtual bool HasUnprojected => true;

    /// <summary>Whether <see cref="FlushAsync"/> may run while later batches are written and flushed.</summary>
    internal virtual bool FlushesWhileWriting => false;

    /// <summary>How far the database has the written records.</summary>
    internal virtual ProjectionStatus Projection => default;

    /// <summary>How far further targets have the written records.</summary>
    internal virtual IReadOnlyList<TargetStatus> Targets => [];

    /// <summary>What it saw of all instances and jobs; <see langword="null"/> where it does not watch over them.</summary>
    internal virtual WatchStatus? Watch => null;

    /// <summary>The report of a shutdown about records that are not in the database yet; <see langword="null"/> without any.</summary>
    internal virtual string? Unprojected => null;

    /// <summary>How many records it wrote under another name, because their own is reserved.</summary>
    internal virtual long Renamed => 0;

    /// <summary>
    /// Why it cannot write now, where <see cref="WriteAsync"/> does not throw it; <see langword="null"/> while it can.
    /// </summary>
    internal virtual Exception? WriteFailure => null;

    /// <summary>
    /// Whether it may read a record after <see cref="WriteAsync"/> has completed. Where it never does, its records are reused for later
    /// calls: see <c>RecordPool</c>.
    /// </summary>
    internal virtual bool RetainsRecords => true;

    /// <summary>
    /// Writes a record in the thread of its call and bypasses the queue, for <see cref="LogHandlerOptions.WritesInCall"/>. Called by any
    /// thread, several at once, after <see cref="StartAsync"/>. An exception reaches the caller of the logger, and the record is counted
    /// as dropped.
    /// </summary>
    /// <returns>False if the handler was closed meanwhile, and nothing was written.</returns>
    internal virtual bool TryWriteInCall(LogRecord record) =>
        throw new NotSupportedException($"{GetType().Name} writes from its queue.");

    /// <summary>Whether a batch that failed is passed again. By default, three attempts are made.</summary>
    /// <param name="exception">What <see cref="WriteAsync"/> threw.</param>
    /// <param name="attempt">The number of the failed attempt, from 1.</param>
    protected internal virtual bool ShouldRetry(Exception exception, int attempt) => attempt < 3;

    /// <summary>
    /// Called in the thread of the log call, after a record was refused and counted. An exception reaches the caller of the logger, inside
    /// Microsoft.Extensions.Logging's <see cref="AggregateException"/>.
    /// </summary>
    protected internal virtual void OnRefused(LogRecord record, DropReason reason)
    {
    }

    /// <summary>As <see cref="OnRefused"/>, with the options of the service whose call it was.</summary>
    internal virtual void OnRefusedCall(LogRecord record, DropReason reason, LogHandlerOptions call) => OnRefused(record, reason);

    /// <summary>
    /// Called after each change of <see cref="Options"/>, by the thread that changed them, never concurrently. Must neither block nor
    /// throw.
    /// </summary>
    /// <param name="before">The options before the change.</param>
    internal virtual void OnOptionsChanged(LogHandlerOptions before)
    {
    }

    /// <summary>Called after the last batch.</summary>
    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return default;
    }

    /// <summary>Gives the handler its name and options. Its pipeline calls it once, before any other member.</summary>
    internal void Attach(LogHandlerContext context) => _context = context;
}
