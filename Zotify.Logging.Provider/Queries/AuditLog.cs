namespace Zotify.Logging.Provider.Queries;

/// <summary>Searches the audit events of the database. Thread-safe.</summary>
public sealed class AuditLog
{
    internal AuditLog(Database.LoggingDatabase database, IFreshness freshness)
    {
    }

    /// <summary>Reads a page of the events that match.</summary>
    /// <exception cref="InvalidPositionException">The cursor was not made by a query with the same order.</exception>
    public Task<AuditPage> SearchAsync(AuditQuery query, CancellationToken cancellationToken) => throw new NotImplementedException();
}
