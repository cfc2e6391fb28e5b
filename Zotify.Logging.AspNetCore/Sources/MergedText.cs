using Zotify.Logging.Queries;

namespace Zotify.Logging.AspNetCore.Sources;

/// <summary>A line of a merged stream as text.</summary>
internal static class MergedText
{
    /// <summary>
    /// The line after the name of its source: <c>web-2 | line</c>, or <c>web-2 ~ line</c> where it is late. A line of a single log is as it
    /// is in the file.
    /// </summary>
    public static string Of(SystemLogEntry entry) => entry switch
    {
        { IsMerged: false } => entry.Text,
        // The rest of an exception belongs to the line before it.
        { Text: ['\t', ..] } => entry.Text,
        _ => $"{entry.Instance} {(entry.Late ? '~' : '|')} {entry.Text}",
    };
}
