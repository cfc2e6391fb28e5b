using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Zotify.Logging.Queries;

namespace Zotify.Logging.AspNetCore.Sources;

/// <summary>Reads the data of an event of another instance. The inverse of what its stream writes. Pure functions.</summary>
internal static class RemoteItem
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    /// <summary>The item; <see langword="null"/> for an event of another type, which a newer instance may send.</summary>
    /// <param name="type">The type of the event; empty for an entry.</param>
    /// <param name="position">The id of the event.</param>
    /// <param name="data">Its data.</param>
    /// <exception cref="JsonException">It is malformed.</exception>
    public static LogItem<SystemLogEntry>? Parse(string type, string position, ReadOnlySequence<byte> data)
    {
        var json = new Utf8JsonReader(data);
        switch (type)
        {
            case "":
                return JsonSerializer.Deserialize<SystemLogEntry>(ref json, Options) ?? throw new JsonException();
            case "gap":
                var gap = JsonElement.ParseValue(ref json);
                return new LogGap<SystemLogEntry>(gap.GetProperty("from").GetString()!, position)
                {
                    FromTime = TimeOf(gap, "from_time"),
                    ToTime = TimeOf(gap, "to_time"),
                };
            case "incomplete":
                return new LogIncomplete<SystemLogEntry>(JsonElement.ParseValue(ref json).GetProperty("before").GetString()!, position);
            default:
                return null;
        }
    }

    private static DateTimeOffset? TimeOf(JsonElement gap, string name) =>
        gap.TryGetProperty(name, out var time) && time.ValueKind == JsonValueKind.String ? time.GetDateTimeOffset() : null;
}
