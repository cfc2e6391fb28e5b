namespace Zotify.Logging.Journal;

/// <summary>
/// Wakes everybody who awaits the present round, and begins the next one. The owner's lock guards it.
/// </summary>
internal sealed class CommitRound
{
    private TaskCompletionSource _current = New();

    /// <summary>Completes with the present round.</summary>
    public Task Next => _current.Task;

    /// <summary>The round succeeded.</summary>
    public void Set() => Begin().SetResult();

    /// <summary>The round failed.</summary>
    public void Fail(Exception exception)
    {
        var failed = Begin();
        failed.SetException(exception);
        _ = failed.Task.Exception; // Observed: often nobody awaits a round.
    }

    private TaskCompletionSource Begin()
    {
        var ended = _current;
        _current = New();
        return ended;
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
