namespace Zotify.Logging.Queries;

/// <summary>Read your writes: waits up to 250 ms until a query can read what was logged before it.</summary>
internal interface IReadYourWrites
{
    /// <summary>Waits. Returns how many records the log or its database is still behind; 0 if it is complete.</summary>
    Task<long> CatchUpAsync(CancellationToken cancellationToken);
}
