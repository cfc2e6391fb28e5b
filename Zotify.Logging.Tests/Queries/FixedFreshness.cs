using Zotify.Logging.Provider.Queries;

namespace Zotify.Logging.Tests.Queries;

/// <summary>A log that is behind by a number, and how often somebody asked.</summary>
internal sealed class FixedFreshness(long behind = 0) : IFreshness
{
    public int Asked { get; private set; }

    /// <summary>What happens while somebody waits.</summary>
    public Action Meanwhile { get; init; } = () => { };

    public ValueTask<long> CatchUpAsync(CancellationToken cancellationToken)
    {
        Asked++;
        Meanwhile();
        return ValueTask.FromResult(behind);
    }
}
