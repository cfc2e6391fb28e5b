using Microsoft.Extensions.Logging;

namespace Zotify.Logging.Tests.Support;

/// <summary>Plain examples, for tests in which the details do not matter.</summary>
internal static class Some
{
    public static readonly DateTimeOffset Time = new(2026, 11, 23, 15, 6, 10, TimeSpan.Zero);

    public static LogRecord Record(string message = "something happened", LogLevel level = LogLevel.Information, EventId eventId = default,
        int size = 300, DateTimeOffset? at = null, params (string Name, object? Value)[] properties) => new()
        {
            Timestamp = at ?? Time,
            Level = level,
            Category = "Zotify.Tests",
            EventId = eventId,
            Message = message,
            Properties = [.. properties.Select(p => KeyValuePair.Create(p.Name, p.Value))],
            Size = size,
        };
}
