using System.Data.Common;
using Zotify.Logging.Database;

namespace Zotify.Logging.Projection;

/// <summary>Work that may wait until a projector has no lines.</summary>
/// <param name="database">The database.</param>
/// <param name="report">Reports failures.</param>
internal sealed class IdleWork(LoggingDatabase database, Action<string, Exception?> report)
{
    /// <summary>
    /// Does a piece of it. Returns whether there may be more; not after a failure, because the next session does it.
    /// </summary>
    public async Task<bool> RunAsync(ProjectionSession session, CancellationToken cancellationToken)
    {
        try
        {
            return await session.WorkAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (DbException exception) when (!cancellationToken.IsCancellationRequested)
        {
            if (!database.IsTransient(exception)) report("Older rows could not be indexed now. Searches read them.", exception);
            return false;
        }
    }
}
