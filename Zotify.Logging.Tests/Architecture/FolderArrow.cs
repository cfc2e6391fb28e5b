namespace Zotify.Logging.Tests.Architecture;

/// <summary>A folder uses another.</summary>
/// <param name="From">The folder that uses the other, below its project, with <c>/</c>; empty for the project's own.</param>
/// <param name="To">The folder that is used.</param>
internal readonly record struct FolderArrow(string From, string To) : IComparable<FolderArrow>
{
    /// <inheritdoc/>
    public int CompareTo(FolderArrow other) =>
        string.CompareOrdinal(From, other.From) is var order and not 0 ? order : string.CompareOrdinal(To, other.To);

    /// <inheritdoc/>
    public override string ToString() => $"{From} -> {To}";
}
