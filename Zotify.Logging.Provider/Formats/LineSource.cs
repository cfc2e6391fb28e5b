using System.Runtime.CompilerServices;

namespace Zotify.Logging.Formats;

/// <summary>Where a record comes from. Texts compare as objects: a logger has one for its category, and an event's is a literal; two objects of one text cost an entry more.</summary>
internal readonly record struct LineSource(string Category, int EventId, string? EventName)
{
    public bool Equals(LineSource other) =>
        ReferenceEquals(Category, other.Category) && EventId == other.EventId && ReferenceEquals(EventName, other.EventName);

    public override int GetHashCode() => HashCode.Combine(RuntimeHelpers.GetHashCode(Category), EventId, RuntimeHelpers.GetHashCode(EventName));
}
