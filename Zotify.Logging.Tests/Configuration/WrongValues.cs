namespace Zotify.Logging.Tests.Configuration;

/// <summary>Each kind of value that an option cannot have: of another kind, blank, <c>null</c>, and an unknown key next to it.</summary>
internal static class WrongValues
{
    /// <summary>The wrong settings, each with the start of its error.</summary>
    /// <param name="options">The keys of options, each with its type.</param>
    public static IEnumerable<(string Key, string? Value, string Named)> Of(IEnumerable<(string Key, Type Type)> options)
    {
        foreach (var (key, type) in options)
        {
            // A map has any names.
            if (!key.EndsWith(":any", StringComparison.Ordinal)) yield return ($"{key}x", "1", $"{key}x: ");
            if (OptionTree.ValueOfMap(type) is not null)
            {
                yield return (key, "single", $"{key}: ");
            }
            else if (OptionTree.Item(type) is { } item)
            {
                yield return (key, "single", $"{key}: ");
                yield return ($"{key}:Name", "x", $"{key}:Name: ");
                if (OptionTree.IsValue(item)) yield return ($"{key}:0", null, $"{key}:0: it has no value");
                if (!OptionTree.IsValue(item)) yield return ($"{key}:0", "secret", $"{key}:0: ");
            }
            else if (OptionTree.IsValue(type))
            {
                yield return (key, "", $"{key}: ");
                yield return (key, "  ", $"{key}: ");
                yield return ($"{key}:Below", "x", $"{key}: ");
                if (type != typeof(string)) yield return (key, "§", $"{key}: ");
                if (type.IsValueType && Nullable.GetUnderlyingType(type) is null) yield return (key, null, $"{key}: it has no value");
            }
            else
            {
                yield return (key, "", $"{key}: ");
                yield return (key, "true", $"{key}: ");
            }
        }
    }
}
