using System.Collections.Concurrent;

namespace Zotify.Logging.Tests.Integrations;

/// <summary>Which pieces of work fail: every seventh in all attempts, of the others every fifth in its first one. Thread-safe.</summary>
internal sealed class Outcomes
{
    private readonly ConcurrentDictionary<int, int> _attempts = new();
    private readonly ConcurrentDictionary<int, TaskCompletionSource> _running = new();

    /// <summary>Fails, or returns.</summary>
    public void Decide(int work)
    {
        var attempt = _attempts.AddOrUpdate(work, 1, (_, before) => before + 1);
        if (Fails(work) || (FailsFirst(work) && attempt == 1)) throw new InvalidOperationException($"Attempt {attempt} of {work} fails");
    }

    /// <summary>Whether all its attempts fail.</summary>
    public static bool Fails(int work) => work % 7 == 0;

    /// <summary>Whether its first attempt fails.</summary>
    public static bool FailsFirst(int work) => work % 5 == 0 || Fails(work);

    /// <summary>Runs until it is cancelled.</summary>
    public async Task HangAsync(int work, CancellationToken cancellationToken)
    {
        Running(work).TrySetResult();
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
    }

    /// <summary>Returns when the work hangs.</summary>
    public Task HangsAsync(int work) => Running(work).Task;

    private TaskCompletionSource Running(int work) =>
        _running.GetOrAdd(work, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
}
