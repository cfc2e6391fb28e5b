using System.ComponentModel.DataAnnotations;
using Zotify.Logging.Configuration;

namespace Zotify.Logging.AspNetCore.Alerts;

/// <summary>An alert, <c>Zotify:Alerts:&lt;name&gt;</c>. Takes effect at the next start.</summary>
internal sealed class AlertOptions
{
    /// <summary>The section of all alerts.</summary>
    public const string Section = "Zotify:Alerts";

    /// <summary>Whether it is on. The only option of a built-in alert.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>The log that is searched.</summary>
    public AlertLog Log { get; set; }

    /// <summary>
    /// The parameters of the search, as in its address: <c>event_type=user.login_failed&amp;user_id.not=root</c>. Times, order and pages
    /// are not a part of it.
    /// </summary>
    public string? Filter { get; set; }

    /// <summary>How many matching events fire it, 1 to 10,000; 1 by default.</summary>
    [Range(1, 10_000)]
    public int? Count { get; set; }

    /// <summary>The time within which they must occur: one second to 30 days. For a count above 1.</summary>
    [TimeSpanRange("00:00:01", "30.00:00:00")]
    public TimeSpan? Within { get; set; }

    /// <summary>Fires when nothing matched for this long, once until something does: one second to 400 days. Instead of a count.</summary>
    [TimeSpanRange("00:00:01", "400.00:00:00")]
    public TimeSpan? Absent { get; set; }
}
