namespace Zotify.Logging.AspNetCore.Endpoints.Audit;

/// <summary>
/// The conditions on details: <c>details[order][id]=7</c> or <c>details.order.id=7</c>; and what is excluded:
/// <c>details[order][id].not=7</c>, <c>details.order.id.not=7</c>, or, as generated clients write it, <c>details.not[order][id]=7</c>.
/// </summary>
internal static class DetailParameters
{
    /// <summary>The parameter that requires.</summary>
    public const string Name = "details";

    private const string NotAtStart = "not[";

    /// <summary>Reads the values by their paths.</summary>
    public static (IReadOnlyDictionary<string, IReadOnlyList<string>> Required, IReadOnlyDictionary<string, IReadOnlyList<string>> Excluded)
        Read(QueryReader reader)
    {
        var required = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        var excluded = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var (path, values) in reader.TextsBelow(Name))
        {
            if (path.StartsWith(NotAtStart, StringComparison.OrdinalIgnoreCase)) Add(excluded, path[(NotAtStart.Length - 1)..], values);
            else if (IsExcluded(path)) Add(excluded, path[..^QueryParameter.Not.Length], values);
            else Add(required, path, values);
        }

        return (required, excluded);
    }

    private static bool IsExcluded(string path) =>
        path.Length > QueryParameter.Not.Length && path.EndsWith(QueryParameter.Not, StringComparison.OrdinalIgnoreCase);

    private static void Add(Dictionary<string, IReadOnlyList<string>> conditions, string path, IReadOnlyList<string> values) =>
        conditions[path] = [.. conditions.GetValueOrDefault(path) ?? [], .. values];
}
