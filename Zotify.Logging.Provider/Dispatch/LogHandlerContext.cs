using Zotify.Logging.Diagnostics;
using Zotify.Logging.Handlers;

namespace Zotify.Logging.Dispatch;

/// <summary>What a pipeline gives its handler.</summary>
/// <param name="Name">The registered name.</param>
/// <param name="Options">Reads the options in force.</param>
/// <param name="Dropped">Reads how many records of this handler were dropped so far, for a reason.</param>
/// <param name="Enqueue">Queues a record of the handler's own: neither a filter nor a full queue cuts it.</param>
/// <param name="Diagnostics">Takes what the handler has to report about itself.</param>
internal sealed record LogHandlerContext(
    string Name, Func<LogHandlerOptions> Options, Func<DropReason, long> Dropped, Action<LogRecord> Enqueue, SelfDiagnostics Diagnostics);
