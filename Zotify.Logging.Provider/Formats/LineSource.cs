using System.Runtime.CompilerServices;

namespace Zotify.Logging.Formats;

/// <summary>
/// The category and event of a record, as a key of a cache. Compares texts by reference, which is fast: a logger has one object for its
/// category, and an event's name is usually a literal. Two objects of the same text only cost another entry.
/// </summary>
internal readonly record struct LineSource(string Category, int EventId, string? EventName)
{
    public bool Equals(LineSource other) =>
        ReferenceEquals(Category, other.Category) && EventId == other.EventId && ReferenceEquals(EventName, other.EventName);

    public override int GetHashCode() =>
        HashCode.Combine(RuntimeHelpers.GetHashCode(Category), EventId, RuntimeHelpers.GetHashCode(EventName));
}
