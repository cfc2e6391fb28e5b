using Zotify.Logging.Provider.Queries.SystemLog;

namespace Zotify.Logging.Web.Endpoints.Streams;

/// <summary>A line of the system log as an object. What is null is not sent, and nothing is sent twice: every byte goes to every follower.</summary>
/// <param name="Timestamp">The time of the call.</param>
/// <param name="Level">The level's name.</param>
/// <param name="TraceId">The trace id.</param>
/// <param name="Category">The category.</param>
/// <param name="EventId">The event's number.</param>
/// <param name="EventName">The event's name.</param>
/// <param name="Message">The message.</param>
/// <param name="Exception">The exception's text.</param>
/// <param name="Text">The line itself, where it is in another format, so that the rest does not tell it.</param>
/// <param name="Position">Where to go on after it.</param>
internal sealed record SystemLine(
    DateTimeOffset? Timestamp, string? Level, string? TraceId, string? Category, int? EventId, string? EventName, string? Message, string? Exception, string? Text, string Position)
{
    /// <summary>The line of an entry.</summary>
    public static SystemLine Of(SystemLogEntry entry) => new(
        entry.Timestamp, entry.Level, entry.TraceId, entry.Category, entry.EventId, entry.EventName, entry.Message, entry.Exception,
        entry.Timestamp is null ? entry.Text : null, entry.Position);
}
