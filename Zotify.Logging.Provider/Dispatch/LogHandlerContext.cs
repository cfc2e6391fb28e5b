using Zotify.Logging.Diagnostics;
using Zotify.Logging.Handlers;

namespace Zotify.Logging.Dispatch;

/// <summary>What a pipeline provides to its handler.</summary>
/// <param name="Name">The registered name.</param>
/// <param name="Options">Reads the current options.</param>
/// <param name="Dropped">Reads how many records of this handler were dropped so far for a reason.</param>
/// <param name="Enqueue">Queues a record that the handler itself made. Neither a filter nor a full queue drops it.</param>
/// <param name="Diagnostics">Where the handler reports its own failures.</param>
internal sealed record LogHandlerContext(
    string Name, Func<LogHandlerOptions> Options, Func<DropReason, long> Dropped, Action<LogRecord> Enqueue, SelfDiagnostics Diagnostics)
{
    /// <summary>Cancelled when the shutdown begins: a start that waits must end its wait.</summary>
    public CancellationToken Closing { get; init; }

    /// <summary>
    /// Cancelled when a handler that is being disposed must stop projecting, so that it can close its files within the shutdown timeout.
    /// Already cancelled where the disposal follows a failed start.
    /// </summary>
    public CancellationToken DrainDeadline { get; set; } = new(canceled: true);
}
