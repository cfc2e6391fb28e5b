using Zotify.Logging.Records;

namespace Zotify.Logging.Formats;

/// <summary>
/// A value of a record that has a meaning, such as the user's id. Searched in the call's own properties, then in its scopes, innermost
/// first.
/// </summary>
/// <param name="Text">The value as text; <see langword="null"/> where there is none.</param>
/// <param name="Name">The name as the call spelled it.</param>
/// <param name="InProperties">Whether it was one of the call's own properties.</param>
internal readonly record struct RecordFact(string? Text, string? Name, bool InProperties)
{
    /// <summary>Finds the value with this name.</summary>
    public static RecordFact Find(LogRecord record, string name)
    {
        for (var i = 0; i < record.Properties.Count; i++)
        {
            var (key, value) = record.Properties[i];
            if (PropertyNames.Same(key, name) && RecordJson.Text(value) is { } text) return new(text, key, true);
        }

        for (var i = record.Scope.Count - 1; i >= 0; i--)
        {
            var (key, value) = record.Scope[i];
            if (PropertyNames.Same(key, name) && RecordJson.Text(value) is { } text) return new(text, key, false);
        }

        return default;
    }

    /// <summary>Whether it is this very value. Another value of the same meaning is kept as an ordinary property.</summary>
    public bool Is(string name, bool inProperties) => Name == name && InProperties == inProperties;
}
