using Zotify.Logging.Provider.Queries;

namespace Zotify.Logging.Tests.Queries;

/// <summary>A database that is behind by a number, and how often somebody asked.</summary>
internal sealed class FixedFreshness(long behind = 0) : IFreshness
{
    public int Asked { get; private set; }

    public ValueTask<long> CatchUpAsync(CancellationToken cancellationToken)
    {
        Asked++;
        return ValueTask.FromResult(behind);
    }
}
