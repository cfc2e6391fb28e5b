using Quartz;

namespace Zotify.Logging.Tests.Integrations;

/// <summary>Counts the executions that have ended or were vetoed.</summary>
internal sealed class Ends : IJobListener
{
    private readonly SemaphoreSlim _ended = new(0);
    private int _reached;

    public string Name => nameof(Ends);

    /// <summary>Returns when so many have ended, since the start.</summary>
    public async Task ReachAsync(int count, CancellationToken cancellationToken)
    {
        for (; _reached < count; _reached++) await _ended.WaitAsync(cancellationToken);
    }

    public ValueTask JobToBeExecuted(IJobExecutionContext context, CancellationToken cancellationToken = default) => default;

    public ValueTask JobExecutionVetoed(IJobExecutionContext context, CancellationToken cancellationToken = default) => Count();

    public ValueTask JobWasExecuted(
        IJobExecutionContext context, JobExecutionException? jobException, CancellationToken cancellationToken = default) => Count();

    private ValueTask Count()
    {
        _ended.Release();
        return default;
    }
}
