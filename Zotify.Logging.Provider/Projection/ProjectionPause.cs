namespace Zotify.Logging.Projection;

/// <summary>
/// How long a projector pauses after a transaction while it has more lines that nobody waits for: a backlog must not take a whole processor
/// from the application that makes it.
/// </summary>
internal static class ProjectionPause
{
    private const int TimesForWaitingCallers = 3;
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// As long as the transaction took, at most 100 ms. Three times as long while callers wait for their records to reach the disk: their
    /// calls come before rows that nobody waits for.
    /// </summary>
    /// <param name="took">How long the transaction took.</param>
    /// <param name="callersWaited">Whether callers waited for the disk meanwhile.</param>
    public static TimeSpan After(TimeSpan took, bool callersWaited) =>
        (took < Longest ? took : Longest) * (callersWaited ? TimesForWaitingCallers : 1);
}
