using Zotify.Logging.Diagnostics;
using Zotify.Logging.Journal;
using Zotify.Logging.Shipping;

namespace Zotify.Logging.Alerts;

/// <summary>
/// Writes what became of deliveries into the audit log. Where that does not open, messages go on without an event: one of them may be that
/// audit events cannot be written. Thread-safe.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="report">Reports each event that could not be written.</param>
internal sealed class DeliveryEvents(TimeProvider time, Action<FailureKind, string, Exception?> report)
{
    /// <summary>How long deliveries wait for the audit log to open.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private TaskCompletionSource _opened = New();
    private ShippedJournal? _audit;
    private bool _isMissing;

    /// <summary>The audit log was opened, perhaps again: a start that fails closes it, and the next attempt opens another one.</summary>
    public void Open(ShippedJournal audit)
    {
        lock (_gate)
        {
            (_audit, _isMissing) = (audit, false);
            _opened.TrySetResult();
        }
    }

    /// <summary>
    /// Waits for the audit log, for <see cref="Patience"/> at most. Does not wait again where it did not open within that time. Returns
    /// <see langword="null"/> where it is not open.
    /// </summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task<ShippedJournal?> OpenedAsync(CancellationToken stopping)
    {
        Task opened;
        lock (_gate)
        {
            if (_audit is not null || _isMissing) return _audit;
            opened = _opened.Task;
        }

        try
        {
            await opened.WaitAsync(Patience, time, stopping).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // It may have opened at this moment.
        }

        lock (_gate)
        {
            _isMissing = _audit is null;
            return _audit;
        }
    }

    /// <summary>Appends an event. Where that is not possible, reports it.</summary>
    /// <exception cref="OperationCanceledException">
    /// Cancelled, because the process ends and has closed the audit log. The next start sends the message again, and then the audit log
    /// has it.
    /// </exception>
    public async Task AppendAsync(LogRecord record, CancellationToken stopping)
    {
        while (await OpenedAsync(stopping).ConfigureAwait(false) is { } audit)
        {
            try
            {
                audit.Append(record);
                return;
            }
            catch (JournalClosedException)
            {
                Forget(audit);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                report(FailureKind.Temporary, $"{record.EventId.Name} could not be written into the audit log", exception);
                return;
            }
        }

        report(FailureKind.Temporary, $"{record.EventId.Name} could not be written into the audit log, which is not open", null);
    }

    private void Forget(ShippedJournal closed)
    {
        lock (_gate)
        {
            if (!ReferenceEquals(_audit, closed)) return;
            (_audit, _opened) = (null, New());
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
