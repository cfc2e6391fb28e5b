using System.Globalization;
using Zotify.Logging.Common;
using Zotify.Logging.Diagnostics;
using Zotify.Logging.Journal;

namespace Zotify.Logging.Alerts;

/// <summary>
/// Sends the messages one by one, each until the receiver accepts it or a day is over, and writes into the audit log what became of them.
/// </summary>
/// <param name="book">The messages.</param>
/// <param name="webhook">The receiver.</param>
/// <param name="time">The clock.</param>
/// <param name="events">Writes into the audit log.</param>
/// <param name="report">Reports failures.</param>
internal sealed class WebhookSender(
    AlertBook book, Webhook webhook, TimeProvider time, DeliveryEvents events, Action<FailureKind, string, Exception?> report)
{
    private volatile string? _failure;

    /// <summary>Why messages are not delivered now; <see langword="null"/> while they are.</summary>
    public string? Failure => _failure;

    /// <summary>Sends until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        using var client = new WebhookClient(webhook, time);
        await ((Task)events.OpenedAsync(stopping)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                var ready = book.Ready.Next;
                var now = time.GetUtcNow();
                if (book.Next() is not { } next) await ready.WaitAsync(stopping).ConfigureAwait(false);
                else if (next.At > now) await WaitAsync(ready, next.At - now, stopping).ConfigureAwait(false);
                else await SendAsync(client, next.Message, stopping).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                // The next start sends the rest.
            }
            // Any failure: the messages wait.
#pragma warning disable CA1031
            catch (Exception exception)
#pragma warning restore CA1031
            {
                _failure = exception.Message;
                report(FailureKind.Temporary, "alerts cannot be sent; they are tried again", exception);
                await Task.Delay(RetrySchedule.Permanent, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task WaitAsync(Task ready, TimeSpan wait, CancellationToken stopping)
    {
        try
        {
            await ready.WaitAsync(wait, time, stopping).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // A message is due.
        }
    }

    private async Task SendAsync(WebhookClient client, PendingAlert message, CancellationToken stopping)
    {
        var answer = await client.SendAsync(message, stopping).ConfigureAwait(false);
        _failure = answer.Error;
        if (answer.Error is null)
        {
            var sent = AuditSelfEvents.OfAlertSent(message.Alert, message.Id, message.Attempts + 1, webhook.Host, time.GetUtcNow());
            await events.AppendAsync(sent, stopping).ConfigureAwait(false);
            book.Accepted(message);
            return;
        }

        var isOver = book.Refused(message, answer, Random.Shared.NextDouble());
        // One message that nobody takes is no reason to warn after it was given up.
        if (isOver && answer.IsOfMessage) _failure = null;
        report(
            isOver ? FailureKind.Permanent : FailureKind.Temporary,
            string.Create(
                CultureInfo.InvariantCulture,
                $"the alert '{message.Alert}' was not delivered ({message.Id}, attempt {message.Attempts}); "
                    + $"{(isOver ? "it is given up after a day" : "it is tried again for a day")}: {answer.Error}"),
            null);
        // The first failure and the last. Those between tell nothing new.
        if (message.Attempts == 1 || isOver) await TellAsync(message, answer.Error, isOver, stopping).ConfigureAwait(false);
        if (answer.IsOfMessage) return;
        foreach (var other in book.GiveUp()) await TellAsync(other, answer.Error, isOver: true, stopping).ConfigureAwait(false);
    }

    private Task TellAsync(PendingAlert message, string error, bool isOver, CancellationToken stopping) => events.AppendAsync(
        AuditSelfEvents.OfAlertFailed(message.Alert, message.Id, message.Attempts, error, isOver, time.GetUtcNow()), stopping);
}
