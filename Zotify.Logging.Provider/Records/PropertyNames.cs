namespace Zotify.Logging.Records;

/// <summary>
/// Compares the names of properties that have a meaning: ignores case, white space, <c>_</c>, <c>-</c> and the operators
/// <c>@</c> and <c>$</c>, so that <c>JobId</c>, <c>{ job-id }</c> and <c>{@job_id}</c> are all <c>job_id</c>.
/// </summary>
internal static class PropertyNames
{
    /// <summary>Whether both names mean the same property. Allocates nothing.</summary>
    public static bool Same(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        // Usually the names are spelled alike, or differ at once.
        if (a.SequenceEqual(b)) return true;
        int i = 0, j = 0;
        while (true)
        {
            while (i < a.Length && IsIgnored(a[i])) i++;
            while (j < b.Length && IsIgnored(b[j])) j++;
            if (i == a.Length || j == b.Length) return i == a.Length && j == b.Length;
            if (char.ToLowerInvariant(a[i++]) != char.ToLowerInvariant(b[j++])) return false;
        }
    }

    /// <summary>
    /// Whether <paramref name="name"/> equals <paramref name="ending"/> or ends with it: <c>access_token</c> ends with <c>token</c>.
    /// </summary>
    public static bool EndsWith(ReadOnlySpan<char> name, ReadOnlySpan<char> ending)
    {
        int i = name.Length - 1, j = ending.Length - 1;
        while (true)
        {
            while (i >= 0 && IsIgnored(name[i])) i--;
            while (j >= 0 && IsIgnored(ending[j])) j--;
            if (j < 0) return true;
            if (i < 0 || char.ToLowerInvariant(name[i--]) != char.ToLowerInvariant(ending[j--])) return false;
        }
    }

    /// <summary>Finds the value of a property by several names. The earlier name wins.</summary>
    public static bool TryFind(
        IReadOnlyList<KeyValuePair<string, object?>> properties, ReadOnlySpan<string> names, out object? value)
    {
        foreach (var name in names)
        {
            for (var i = 0; i < properties.Count; i++)
            {
                if (!Same(properties[i].Key, name)) continue;
                value = properties[i].Value;
                return true;
            }
        }

        value = null;
        return false;
    }

    private static bool IsIgnored(char letter) => letter is '_' or '-' or '@' or '$' || char.IsWhiteSpace(letter);
}
