using System.Text.Json;

namespace Zotify.Logging.AspNetCore.Endpoints.Levels;

/// <summary>
/// Reads the body of a request that overrides a level. Strict, whatever JSON options the application has: a missing, unknown or malformed
/// field is refused by its name.
/// </summary>
internal static class LevelOverrideReader
{
    private const string Match = "match";
    private const string Level = "level";
    private const string Expires = "expires";
    private const string ExpectedTime = "use RFC 3339 (2026-11-23T15:06:10Z), or a duration from now (15m, 2h)";
    private static readonly string[] Fields = [Match, Level, Expires];
    private static readonly string[] Conditions = ["user_id", "job_id", "trace_id", "category"];

    /// <summary>Reads the body.</summary>
    /// <exception cref="InvalidParameterException">A field cannot be used.</exception>
    public static async Task<(LevelOverrideMatch Match, LogLevel Level, TimeSpan Duration)> ReadAsync(
        HttpRequest request, DateTimeOffset now, CancellationToken cancellationToken)
    {
        using var body = await ParseAsync(request.Body, cancellationToken);
        var fields = FieldsOf(body.RootElement, "body", Fields);
        return (MatchOf(fields), LevelOf(Text(fields, Level, Level)), DurationOf(Text(fields, Expires, Expires), now));
    }

    private static async Task<JsonDocument> ParseAsync(Stream body, CancellationToken cancellationToken)
    {
        try
        {
            return await JsonDocument.ParseAsync(body, new JsonDocumentOptions { AllowDuplicateProperties = false }, cancellationToken);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The second exception is for names with half of a surrogate pair.
            throw new InvalidParameterException("body", "A JSON object is expected, with each field once.");
        }
    }

    /// <summary>The fields of an object. A field that is <c>null</c> counts as missing.</summary>
    private static Dictionary<string, JsonElement> FieldsOf(JsonElement json, string name, string[] known)
    {
        if (json.ValueKind != JsonValueKind.Object) throw new InvalidParameterException(name, "A JSON object is expected.");
        var fields = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var field in json.EnumerateObject())
        {
            var given = Array.Find(known, field.NameEquals)
                ?? throw new InvalidParameterException(name, $"'{field.Name}': no such field; known are {string.Join(", ", known)}.");
            if (field.Value.ValueKind is not JsonValueKind.Null) fields.Add(given, field.Value);
        }

        return fields;
    }

    private static LevelOverrideMatch MatchOf(Dictionary<string, JsonElement> fields)
    {
        if (!fields.TryGetValue(Match, out var match)) throw new InvalidParameterException(Match, "It is missing.");
        var conditions = FieldsOf(match, Match, Conditions);
        string? Condition(string name) => conditions.ContainsKey(name) ? Text(conditions, name, $"{Match}.{name}") : null;
        return new LevelOverrideMatch
        {
            UserId = Condition("user_id"), JobId = Condition("job_id"), TraceId = Condition("trace_id"), Category = Condition("category"),
        };
    }

    private static LogLevel LevelOf(string text) => QueryReader.LevelOf(text)
        ?? throw new InvalidParameterException(Level, $"'{text}': no level; use {string.Join(", ", QueryReader.LevelNames)}.");

    private static TimeSpan DurationOf(string text, DateTimeOffset now)
    {
        if (!TimeParameter.TryParseDuration(text, out var duration))
        {
            if (!TimeParameter.TryParseTime(text, out var time))
                throw new InvalidParameterException(Expires, $"'{text}': no time; {ExpectedTime}.");
            duration = time - now;
        }

        return duration > TimeSpan.Zero && duration <= LevelOverride.Longest
            ? duration
            : throw new InvalidParameterException(
                Expires,
                $"'{text}': a time later than now and within {LevelOverride.Longest.TotalHours:0} hours is expected; {ExpectedTime}.");
    }

    private static string Text(Dictionary<string, JsonElement> fields, string name, string field)
    {
        if (!fields.TryGetValue(name, out var value)) throw new InvalidParameterException(field, "It is missing.");
        try
        {
            return value.ValueKind == JsonValueKind.String
                ? value.GetString()!
                : throw new InvalidParameterException(field, "A text is expected.");
        }
        catch (InvalidOperationException)
        {
            throw new InvalidParameterException(field, "The text has half of a surrogate pair.");
        }
    }
}
