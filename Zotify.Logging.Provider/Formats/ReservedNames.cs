namespace Zotify.Logging.Formats;

/// <summary>
/// The names that are reserved for the audit log's self events. An application's event with such a name is written with the prefix
/// <c>app.</c>, so that no application can forge an event that retention or verification trusts. Pure functions.
/// </summary>
internal static class ReservedNames
{
    /// <summary>The category of all self events. No line of an application has it.</summary>
    public const string Category = "Zotify.Logging";

    /// <summary>The prefix of a reserved name that an application used.</summary>
    public const string Prefix = "app.";

    private static readonly string[] EventTypes = ["audit.started", "audit.stopped", "audit.config_changed", "audit.pruned"];

    /// <summary>An application's category as its line has it.</summary>
    public static string OfCategory(string category) => IsCategory(category) ? Prefix + category : category;

    /// <summary>An application's event type as its line has it.</summary>
    public static string OfEventType(string eventType) => IsEventType(eventType) ? Prefix + eventType : eventType;

    /// <summary>Whether the record is an application's and has a reserved name.</summary>
    public static bool AreIn(LogRecord record) =>
        !record.IsSelfEvent && (IsCategory(record.Category) || (record.EventId.Name is { } name && IsEventType(name)));

    private static bool IsCategory(string category) => Resembles(category, Category);

    private static bool IsEventType(string eventType)
    {
        foreach (var reserved in EventTypes)
            if (Resembles(eventType, reserved)) return true;
        return false;
    }

    /// <summary>
    /// Whether a reader could mistake the text for the name. Ignores case and everything but ASCII letters, digits, dots and underscores:
    /// SQL Server ignores white space at the end, collations ignore case, and eyes both.
    /// </summary>
    private static bool Resembles(string text, string name)
    {
        var matched = 0;
        foreach (var character in text)
        {
            if (!char.IsAsciiLetterOrDigit(character) && character is not ('.' or '_')) continue;
            if (matched == name.Length || (character | 0x20) != (name[matched] | 0x20)) return false;
            matched++;
        }

        return matched == name.Length;
    }
}
