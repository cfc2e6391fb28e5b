using Zotify.Logging.Alerts;

namespace Zotify.Logging.AspNetCore.Endpoints.Handlers;

/// <summary>The delivery of alerts. The numbers of sent and failed ones count from the start of the process.</summary>
/// <param name="Pending">Messages that the receiver has not accepted yet.</param>
/// <param name="Sent">Messages that it accepted.</param>
/// <param name="Failed">Messages that were given up after a day.</param>
/// <param name="Error">Why messages are not delivered at the moment; <c>null</c> while they are.</param>
internal sealed record AlertsAnswer(int Pending, long Sent, long Failed, string? Error)
{
    /// <summary>The answer for alerts.</summary>
    public static AlertsAnswer? Of(AlertEngine? alerts)
    {
        if (alerts is null) return null;
        var (pending, sent, failed) = alerts.Book.Counts;
        return new AlertsAnswer(pending, sent, failed, alerts.Failure);
    }
}
