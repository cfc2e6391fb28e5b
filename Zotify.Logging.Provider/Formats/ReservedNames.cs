using Zotify.Logging.Journal;

namespace Zotify.Logging.Formats;

/// <summary>
/// The names that only the audit log's own events have. What an application logs under one of them is written under
/// <c>app.</c> and that name, so that nobody can log an event that retention or a verification believes. Pure functions.
/// </summary>
internal static class ReservedNames
{
    /// <summary>What is put before a reserved name.</summary>
    public const string Prefix = "app.";

    private static readonly string[] EventTypes = ["audit.started", "audit.stopped", "audit.config_changed", "audit.pruned"];

    /// <summary>The category as a line of an application shows it.</summary>
    public static string OfCategory(string category) => IsCategory(category) ? Prefix + category : category;

    /// <summary>The event type as a line of an application shows it.</summary>
    public static string OfEventType(string eventType) => IsEventType(eventType) ? Prefix + eventType : eventType;

    /// <summary>Whether the record is an application's and has a reserved name.</summary>
    public static bool Rename(LogRecord record) =>
        !record.IsSelfEvent && (IsCategory(record.Category) || (record.EventId.Name is { } name && IsEventType(name)));

    private static bool IsCategory(string category) => Reads(category, AuditSelfEvents.Category);

    private static bool IsEventType(string eventType)
    {
        foreach (var reserved in EventTypes)
            if (Reads(eventType, reserved)) return true;
        return false;
    }

    /// <summary>
    /// Whether a reader may take the text for the name: neither case nor anything but ASCII letters, digits, dots and
    /// underscores counts, because SQL Server ignores white space at the end, collations ignore case, and eyes both.
    /// </summary>
    private static bool Reads(string text, string name)
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
