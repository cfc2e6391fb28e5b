using System.Globalization;
using Zotify.Logging.Terms;

namespace Zotify.Logging.Queries;

/// <summary>What a reader sees of an entry of the system log, for searches.</summary>
internal static class SystemLogFields
{
    /// <summary>
    /// Adds the message, exception, event (its name, else its number, where it has one), category and trace id, of a line of text as they
    /// are in the file, and of a line in JSON also the job, and the names and values of properties and scopes. Of text that is not a line
    /// of the system log, all.
    /// </summary>
    public static void Add(SystemLogEntry entry, SearchedText text)
    {
        if (entry.Timestamp is null) AddUnknown(entry, text);
        text.Add(entry.Message);
        text.Add(entry.EventName ?? (entry.EventId is { } id and not 0 ? id.ToString(CultureInfo.InvariantCulture) : null));
        text.Add(entry.Category);
        text.Add(entry.TraceId);
        text.Add(entry.Exception);
        text.Add(entry.JobId);
        text.AddJson(entry.Properties?.GetRawText());
        text.AddJson(entry.Scope?.GetRawText());
    }

    private static void AddUnknown(SystemLogEntry entry, SearchedText text)
    {
        var first = entry.Text.AsSpan();
        if (first.IndexOf('\n') is >= 0 and var end) first = first[..end];
        // The lines of an exception are a field of their own.
        if (!first.StartsWith('\t')) text.Add(first);
    }
}
