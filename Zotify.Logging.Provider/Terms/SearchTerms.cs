namespace Zotify.Logging.Terms;

/// <summary>
/// The parsed terms of a search, the same for all logs: what must occur in a record, and what must not. Each is a substring, compared
/// without case by <see cref="CaseFolding"/>. Immutable, thread-safe.
/// </summary>
internal sealed class SearchTerms
{
    private SearchTerms(IReadOnlyList<string> required, IReadOnlyList<string> excluded) => (Required, Excluded) = (required, excluded);

    /// <summary>No terms: every record matches.</summary>
    public static SearchTerms None { get; } = new([], []);

    /// <summary>Every record has each of these, folded, in any of its fields.</summary>
    public IReadOnlyList<string> Required { get; }

    /// <summary>No record has any of these, folded, in any of its fields.</summary>
    public IReadOnlyList<string> Excluded { get; }

    /// <summary>Whether every record matches.</summary>
    public bool IsEmpty => Required.Count + Excluded.Count == 0;

    /// <summary>Reads terms.</summary>
    /// <param name="text">The terms as they were given; <see langword="null"/> for none.</param>
    /// <param name="property">The query's property that holds it, for exceptions.</param>
    /// <exception cref="ArgumentException">It is malformed, or exceeds a limit: see <see cref="TermParser"/>.</exception>
    public static SearchTerms Parse(string? text, string property)
    {
        if (string.IsNullOrWhiteSpace(text)) return None;
        var (required, excluded) = new TermParser(text, property).Parse();
        return new SearchTerms(required, excluded);
    }

    /// <summary>Whether a record matches.</summary>
    /// <param name="record">The record.</param>
    /// <param name="addFields">Adds what a reader sees of it.</param>
    public bool Matches<T>(T record, Action<T, SearchedText> addFields)
    {
        if (IsEmpty) return true;
        var text = SearchedText.OfThread();
        addFields(record, text);
        return Matches(text.Folded);
    }

    /// <summary>Whether a record with these folded fields matches.</summary>
    public bool Matches(ReadOnlySpan<char> folded)
    {
        foreach (var term in Required)
        {
            if (folded.IndexOf(term) < 0) return false;
        }

        foreach (var term in Excluded)
        {
            if (folded.IndexOf(term) >= 0) return false;
        }

        return true;
    }
}
