using System.Text.Json;

namespace Zotify.Logging.Tests.Alerts;

/// <summary>A message that a receiver got.</summary>
internal sealed record ReceivedAlert(string Id, long Timestamp, string Body)
{
    /// <summary>Whether the receiver accepted it.</summary>
    public bool IsAccepted { get; init; }

    public JsonElement Json => JsonElement.Parse(Body);

    public string Type => Json.GetProperty("type").GetString()!;

    public JsonElement Data => Json.GetProperty("data");

    public string Alert => Data.GetProperty("alert").GetString()!;
}
