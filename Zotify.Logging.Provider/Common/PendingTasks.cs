namespace Zotify.Logging.Common;

/// <summary>Awaits tasks that have been started, where mostly at most one of them is pending. Pure functions.</summary>
internal static class PendingTasks
{
    /// <summary>
    /// Completes when all tasks have, and fails as they do. Unlike <see cref="Task.WhenAll(IEnumerable{Task})"/>, it makes no further task
    /// for one that is pending. Tasks may complete while others are still being started.
    /// </summary>
    public static Task WhenAll(IEnumerable<Task> tasks)
    {
        var pending = tasks.Where(task => !task.IsCompletedSuccessfully).ToList();
        return pending switch
        {
            [] => Task.CompletedTask,
            [var only] => only,
            _ => Task.WhenAll(pending),
        };
    }
}
