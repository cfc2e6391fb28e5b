namespace Zotify.Logging.AspNetCore.Endpoints;

/// <summary>
/// The times of a stream: <c>from</c> and <c>to</c>, as everywhere, and the names that tools like <c>journalctl</c> have for them.
/// </summary>
internal static class StreamTimes
{
    private const string Since = "since";
    private const string Until = "until";

    /// <summary>The parameters.</summary>
    /// <param name="items">What the log has: lines, events or entries.</param>
    public static IReadOnlyList<QueryParameter> Of(string items) =>
    [
        new("from", $"{items} at or after this time: RFC 3339, or a duration back from now (15m)."),
        new("to", $"{items} before this time; the stream ends there."),
        new(Since, "Another name of `from`."),
        new(Until, "Another name of `to`."),
    ];

    /// <summary>The time to begin at.</summary>
    public static DateTimeOffset? From(QueryReader reader) => reader.Time("from", Since);

    /// <summary>The time to end at.</summary>
    public static DateTimeOffset? To(QueryReader reader) => reader.Time("to", Until);
}
