namespace Zotify.Logging.Provider.Queries;

/// <summary>Waits, for at most 250 ms, until the database holds what was logged before a query.</summary>
internal interface IFreshness
{
    /// <summary>Returns how many records the database is still behind; 0 when it is complete.</summary>
    ValueTask<long> CatchUpAsync(CancellationToken cancellationToken);
}
