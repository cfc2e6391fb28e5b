using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Zotify.Logging.Queries;

namespace Zotify.Logging.AspNetCore.Sources;

/// <summary>The histogram of another instance. Pure functions.</summary>
internal static class RemoteHistogram
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    /// <summary>The text of an interval.</summary>
    public static string TextOf(TimeSpan interval) =>
        string.Create(CultureInfo.InvariantCulture, $"{interval.Ticks / TimeSpan.TicksPerMinute}m");

    /// <summary>Reads an answer.</summary>
    /// <param name="json">The answer.</param>
    /// <param name="interval">The interval that was asked for; <see langword="null"/> where the other instance chose it.</param>
    public static SystemLogHistogram Parse(byte[] json, TimeSpan? interval)
    {
        var answer = JsonElement.Parse(json);
        var items = answer.GetProperty("items").Deserialize<SystemLogBucket[]>(Options)!;
        var stoppedAt = answer.TryGetProperty("searched_to", out var time) ? time.GetDateTime() : (DateTime?)null;
        var length = interval ?? (items is [var first, ..] ? first.To - first.From : TimeSpan.FromMinutes(1));
        var behind = answer.TryGetProperty("behind", out var missing) ? missing.GetInt64() : 0;
        return new SystemLogHistogram(length, items, stoppedAt) { Behind = behind };
    }
}
