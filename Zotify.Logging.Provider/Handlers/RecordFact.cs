using Zotify.Logging.Provider.Capture;

namespace Zotify.Logging.Provider.Handlers;

/// <summary>A value with a meaning that a record carries: found among the call's own properties first, then in its scopes.</summary>
/// <param name="Text">The value as text.</param>
/// <param name="InProperties">Whether it was one of the call's own properties.</param>
internal readonly record struct RecordFact(string? Text, bool InProperties)
{
    /// <summary>Finds the value of the name.</summary>
    public static RecordFact Find(LogRecord record, string name)
    {
        if (PropertyNames.TryFind(record.Properties, [name], out var value) && RecordJson.Text(value) is { } own) return new(own, true);
        return PropertyNames.TryFind(record.Scope, [name], out value) ? new(RecordJson.Text(value), false) : default;
    }
}
