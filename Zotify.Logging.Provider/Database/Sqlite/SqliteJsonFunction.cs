using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Zotify.Logging.Database;

/// <summary>
/// Whether a JSON text has one of some values below some names. SQLite's own functions know neither a name's own dots and quotes in every
/// spelling nor a number's digits, and do not look into the objects of a list.
/// </summary>
internal static class SqliteJsonFunction
{
    /// <summary>The function's name in queries: the JSON, the names and the values, both as JSON arrays.</summary>
    public const string Name = "has_json_value";

    /// <summary>The names and values of the last call: a query has the same for all its rows.</summary>
    [ThreadStatic]
    private static (string Names, string Values, string[] Path, HashSet<string> Wanted) _last;

    /// <summary>Makes the function known to the queries of an open connection.</summary>
    public static void AddTo(SqliteConnection connection) =>
        connection.CreateFunction<string?, string, string, bool>(Name, Matches, isDeterministic: true);

    private static bool Matches(string? json, string names, string values)
    {
        if (json is null) return false;
        if (_last.Names != names || _last.Values != values) _last = (names, values, SqlJson.Texts(names), [.. SqlJson.Texts(values)]);
        try
        {
            using var document = JsonDocument.Parse(json);
            return Has(document.RootElement, _last.Path, _last.Wanted);
        }
        catch (JsonException)
        {
            // A row that somebody else wrote.
            return false;
        }
    }

    private static bool Has(JsonElement json, ReadOnlySpan<string> path, HashSet<string> wanted)
    {
        if (path.IsEmpty) return IsWanted(json, wanted) || (json.ValueKind == JsonValueKind.Array && HasElement(json, wanted));
        if (json.ValueKind == JsonValueKind.Object) return HasBelow(json, path, wanted);
        // An element of a list goes by the list's name.
        if (json.ValueKind != JsonValueKind.Array) return false;
        foreach (var element in json.EnumerateArray())
        {
            if (element.ValueKind == JsonValueKind.Object && HasBelow(element, path, wanted)) return true;
        }

        return false;
    }

    private static bool HasBelow(JsonElement json, ReadOnlySpan<string> path, HashSet<string> wanted)
    {
        foreach (var property in json.EnumerateObject())
        {
            if (property.NameEquals(path[0]) && Has(property.Value, path[1..], wanted)) return true;
        }

        return false;
    }

    private static bool HasElement(JsonElement list, HashSet<string> wanted)
    {
        foreach (var element in list.EnumerateArray())
        {
            if (IsWanted(element, wanted)) return true;
        }

        return false;
    }

    private static bool IsWanted(JsonElement json, HashSet<string> wanted) => json.ValueKind switch
    {
        JsonValueKind.String => wanted.Contains(json.GetString()!),
        JsonValueKind.Number => wanted.Contains(json.GetRawText()),
        JsonValueKind.True => wanted.Contains("true"),
        JsonValueKind.False => wanted.Contains("false"),
        _ => false,
    };
}
