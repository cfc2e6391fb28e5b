using Zotify.Logging.Dispatch;

namespace Zotify.Logging.Handlers;

/// <summary>
/// The base of all handlers. A handler is a class that derives from this one (or from
/// <see cref="BaseLogHandler{TOptions}"/>, with options of its own) and a registration,
/// <c>AddHandler&lt;THandler&gt;("Name")</c>. Its constructor takes services from the container.
/// </summary>
/// <remarks>
/// Each handler has a queue and one reader: <see cref="StartAsync"/>, <see cref="WriteAsync"/>, <see cref="FlushAsync"/>
/// and <see cref="DisposeAsync"/> are never called at the same time. Log calls made inside them skip this handler.
/// </remarks>
public abstract class BaseLogHandler : IAsyncDisposable
{
    private LogHandlerContext? _context;

    /// <summary>The name it was registered with.</summary>
    /// <exception cref="InvalidOperationException">Read in the constructor: the handler is attached after it.</exception>
    public string Name => Context.Name;

    /// <summary>The parts of a record that this handler reads. What no selected handler needs is not captured.</summary>
    public virtual LogParts Needs => LogParts.All;

    /// <summary>The options in force; they change at run time.</summary>
    /// <exception cref="InvalidOperationException">Read in the constructor: the handler is attached after it.</exception>
    public LogHandlerOptions Options => Context.Options();

    internal LogHandlerContext Context =>
        _context ?? throw new InvalidOperationException($"{GetType().Name} is not attached yet: read Name and Options in StartAsync or later.");

    /// <summary>Called once, before the first batch. What it throws stops the start of the application.</summary>
    protected internal virtual ValueTask StartAsync(CancellationToken cancellationToken) => default;

    /// <summary>
    /// Takes a batch, in the order of the calls of each thread. When it throws, <see cref="ShouldRetry"/> decides whether
    /// the same batch comes again; otherwise its records are counted as dropped, <c>handler_failed</c>.
    /// The list is only valid until the returned task completes.
    /// </summary>
    protected internal abstract ValueTask WriteAsync(IReadOnlyList<LogRecord> batch, CancellationToken cancellationToken);

    /// <summary>Makes safe what <see cref="WriteAsync"/> took: <see cref="FlushTo.Disk"/>.</summary>
    protected internal virtual ValueTask FlushAsync(CancellationToken cancellationToken) => default;

    /// <summary>
    /// Returns when what was flushed is in the database: <see cref="FlushTo.Database"/>. Unlike the other members it may
    /// run while later batches are written, because a database may be away for hours.
    /// </summary>
    protected internal virtual Task ProjectAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>How the database follows what was written.</summary>
    internal virtual ProjectionStatus Projection => default;

    /// <summary>How many records it wrote under another name, because theirs is reserved.</summary>
    internal virtual long Renamed => 0;

    /// <summary>Why it cannot write at the moment, beside what <see cref="WriteAsync"/> throws; <see langword="null"/> while it can.</summary>
    internal virtual Exception? WriteFailure => null;

    /// <summary>Whether it may still read a record after <see cref="WriteAsync"/> has returned. Where it does not, the next batch comes in the same objects.</summary>
    internal virtual bool RetainsRecords => true;

    /// <summary>
    /// Writes a record in the thread of its call, past the queue, where the options say so
    /// (<see cref="LogHandlerOptions.WritesInCall"/>). Any thread, several at once, after <see cref="StartAsync"/>. What it
    /// throws reaches the caller of the logger; the record is then counted as dropped.
    /// </summary>
    internal virtual void WriteInCall(LogRecord record) => throw new NotSupportedException($"{GetType().Name} writes from its queue.");

    /// <summary>Whether a batch that failed with <paramref name="exception"/> is given again; <paramref name="attempt"/> counts from 1. By default three attempts are made.</summary>
    protected internal virtual bool ShouldRetry(Exception exception, int attempt) => attempt < 3;

    /// <summary>
    /// Called in the thread of the log call, after a record was refused and counted. What it throws reaches the caller of
    /// the logger, inside Microsoft.Extensions.Logging's <see cref="AggregateException"/>.
    /// </summary>
    protected internal virtual void OnRefused(LogRecord record, DropReason reason)
    {
    }

    /// <summary>
    /// Called after <see cref="Options"/> changed, for one change after the other, by the thread that changed them. It must
    /// neither block nor throw.
    /// </summary>
    /// <param name="before">The options that were in force before.</param>
    internal virtual void OnOptionsChanged(LogHandlerOptions before)
    {
    }

    /// <summary>Called after the last batch.</summary>
    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return default;
    }

    /// <summary>Gives the handler its name and options; called once, by its pipeline, before anything else.</summary>
    internal void Attach(LogHandlerContext context) => _context = context;
}
