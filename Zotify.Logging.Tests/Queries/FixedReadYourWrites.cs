using Zotify.Logging.Queries;

namespace Zotify.Logging.Tests.Queries;

/// <summary>A log that is behind by a fixed number. Counts the calls.</summary>
internal sealed class FixedReadYourWrites(long behind = 0) : IReadYourWrites
{
    public int Asked { get; private set; }

    /// <summary>Called during a wait.</summary>
    public Action Meanwhile { get; init; } = () => { };

    /// <summary>Awaited during a wait.</summary>
    public Func<Task> MeanwhileAsync { get; init; } = () => Task.CompletedTask;

    public async Task<long> CatchUpAsync(CancellationToken cancellationToken)
    {
        Asked++;
        Meanwhile();
        await MeanwhileAsync();
        return behind;
    }
}
