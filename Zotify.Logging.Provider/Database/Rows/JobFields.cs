using Zotify.Logging.Terms;

namespace Zotify.Logging.Database;

/// <summary>What a reader sees of a job in a list, for searches.</summary>
internal static class JobFields
{
    /// <summary>Adds the id, the type and the last message.</summary>
    public static void Add(JobRow row, SearchedText text)
    {
        text.Add(row.JobId);
        text.Add(row.JobType);
        text.Add(row.LastMessage);
    }
}
