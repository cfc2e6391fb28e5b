using Zotify.Logging.Queries;

namespace Zotify.Logging.Tests.Queries;

/// <summary>A log that is behind by a number, and how often somebody asked.</summary>
internal sealed class FixedReadYourWrites(long behind = 0) : IReadYourWrites
{
    public int Asked { get; private set; }

    /// <summary>What happens while somebody waits.</summary>
    public Action Meanwhile { get; init; } = () => { };

    /// <summary>What is waited for meanwhile.</summary>
    public Func<Task> MeanwhileAsync { get; init; } = () => Task.CompletedTask;

    public async ValueTask<long> CatchUpAsync(CancellationToken cancellationToken)
    {
        Asked++;
        Meanwhile();
        await MeanwhileAsync();
        return behind;
    }
}
