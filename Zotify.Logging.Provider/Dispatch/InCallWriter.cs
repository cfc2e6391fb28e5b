using Zotify.Logging.Diagnostics;
using Zotify.Logging.Handlers;
using Zotify.Logging.Records;

namespace Zotify.Logging.Dispatch;

/// <summary>Writes records in the threads of their calls, past the queue, and counts them. Thread-safe.</summary>
/// <param name="handler">The handler that writes.</param>
/// <param name="isClosed">Whether its pipeline is closed.</param>
/// <param name="counters">Counts the records.</param>
/// <param name="context">The handler's name, and where to report.</param>
internal sealed class InCallWriter(HandlerLifecycle handler, Func<bool> isClosed, HandlerCounters counters, LogHandlerContext context)
{
    /// <summary>Writes the record. Returns false if the handler has closed, and nothing was written.</summary>
    /// <exception cref="Exception">The record was not written; the caller of the logger gets the exception.</exception>
    public bool TryWrite(in RecordValues record, LogHandlerOptions call)
    {
        // A call waits while the first start is under way. Where that start failed, the call is refused at once.
        if (handler.WaitForStart(call.WaitTimeout) is not { } started)
        {
            if (isClosed()) return false;
            counters.AddDropped(DropReason.HandlerFailed, 1);
            handler.OnRefused(record, DropReason.HandlerFailed, call);
            throw new InvalidOperationException($"The handler '{context.Name}' has not started.", handler.Failure);
        }

        try
        {
            if (!started.TryWriteInCall(new LogRecord(record))) return false;
            counters.AddWritten(1);
            return true;
        }
        catch (Exception exception)
        {
            counters.AddDropped(DropReason.HandlerFailed, 1);
            const string Message = "a record was not written; its caller got the exception";
            context.Diagnostics.Report(context.Name, FailureKind.Final, Message, exception);
            throw;
        }
    }
}
