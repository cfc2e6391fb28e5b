namespace Zotify.Logging.Queries;

/// <summary>Waits, for at most 250 ms, until what was logged before a query can be read.</summary>
internal interface IReadYourWrites
{
    /// <summary>Returns how many records the log or its database is still behind; 0 when it is complete.</summary>
    ValueTask<long> CatchUpAsync(CancellationToken cancellationToken);
}
