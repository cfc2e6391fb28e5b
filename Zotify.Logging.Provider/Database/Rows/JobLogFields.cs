using System.Globalization;
using Zotify.Logging.Terms;

namespace Zotify.Logging.Database;

/// <summary>What a reader sees of an entry of a job, for searches.</summary>
internal static class JobLogFields
{
    /// <summary>
    /// Adds the message, exception, event (its name, else its number), category and trace id, and the names and values of the properties.
    /// The job's id is left out: all entries of a job have it, so a term that is a part of it would match all of them.
    /// </summary>
    public static void Add(JobLogRow row, SearchedText text)
    {
        text.Add(row.Message);
        text.Add(row.EventName ?? row.EventId?.ToString(CultureInfo.InvariantCulture));
        text.Add(row.Category);
        text.Add(row.TraceId);
        text.AddJson(row.Properties);
        text.Add(row.Exception);
    }
}
