namespace Zotify.Logging.Queries;

/// <summary>A row of a job's log that was compared.</summary>
/// <param name="Id">Its number in the table.</param>
/// <param name="JournalId">Its journal, as a row of <c>journals</c>.</param>
/// <param name="Seq">Its number in the journal.</param>
/// <param name="Timestamp">Its time.</param>
/// <param name="Size">About how many characters it has.</param>
/// <param name="Row">The row itself where it matches, otherwise <see langword="null"/>: of the others nothing is kept.</param>
internal readonly record struct JobComparedRow(long Id, long JournalId, long Seq, DateTime Timestamp, int Size, JobLogRow? Row)
{
    /// <summary>Compares a row.</summary>
    public static JobComparedRow Of(JobLogRow row, JobMatcher matcher) =>
        new(row.Id, row.JournalId, row.Seq, row.Timestamp, JobLogs.SizeOf(row), matcher.Matches(row) ? row : null);
}
