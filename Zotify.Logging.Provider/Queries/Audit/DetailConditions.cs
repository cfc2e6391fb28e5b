using System.Text.Json;

namespace Zotify.Logging.Queries;

/// <summary>The conditions of a query on the details of an event. Immutable, thread-safe.</summary>
internal sealed class DetailConditions
{
    private readonly Condition[] _required;
    private readonly Condition[] _excluded;

    /// <summary>Reads the conditions of a query that was checked.</summary>
    public DetailConditions(AuditQuery query)
    {
        _required = query.Details.Count == 0 ? [] : Read(query.Details);
        _excluded = query.ExcludedDetails.Count == 0 ? [] : Read(query.ExcludedDetails);
    }

    /// <summary>Whether all details match.</summary>
    public bool IsEmpty => _required.Length + _excluded.Length == 0;

    /// <summary>
    /// Whether details have, below each required path, one of its values, and below no excluded path one of its values: a string, the text
    /// of a number as it was written, <c>true</c> or <c>false</c>, or a list with such an element. The elements of a list go by the list's
    /// name, values and objects alike; lists in lists are not searched.
    /// </summary>
    /// <param name="json">The details, as the table has them; <see langword="null"/> where there are none.</param>
    public bool Match(string? json)
    {
        if (json is null) return _required.Length == 0;
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            return Array.TrueForAll(_required, condition => Has(root, condition.Path, condition.Values))
                && !Array.Exists(_excluded, condition => Has(root, condition.Path, condition.Values));
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            // A row that somebody else wrote.
            return _required.Length == 0;
        }
    }

    private static Condition[] Read(IReadOnlyDictionary<string, IReadOnlyList<string>> conditions)
    {
        var read = new List<Condition>();
        foreach (var (path, values) in conditions)
        {
            if (values.Count > 0) read.Add(new Condition([.. DetailPath.Parse(path)], values.ToHashSet(StringComparer.Ordinal)));
        }

        return [.. read];
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

    private sealed record Condition(string[] Path, HashSet<string> Values);
}
