namespace Zotify.Logging.Provider.Queries;

/// <summary>Waits, for at most 250 ms, until a query finds what was logged before it.</summary>
internal interface IFreshness
{
    /// <summary>Returns how many records are still missing; 0 when it is complete.</summary>
    ValueTask<long> CatchUpAsync(CancellationToken cancellationToken);
}
