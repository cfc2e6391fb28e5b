using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Zotify.Logging.Tests.Queries.Live;

/// <summary>A database that a test can take away from those who read it, and bring back.</summary>
internal sealed class DatabaseAway : DbCommandInterceptor, IDbConnectionInterceptor
{
    private int _refused;

    public bool IsAway { get; set; }

    /// <summary>How often it was not there.</summary>
    public int Refused => _refused;

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        Refuse();
        return ValueTask.FromResult(result);
    }

    ValueTask<InterceptionResult> IDbConnectionInterceptor.ConnectionOpeningAsync(
        DbConnection connection, ConnectionEventData eventData, InterceptionResult result, CancellationToken cancellationToken)
    {
        Refuse();
        return ValueTask.FromResult(result);
    }

    private void Refuse()
    {
        if (!IsAway) return;
        Interlocked.Increment(ref _refused);
        throw new AwayException();
    }

    private sealed class AwayException() : DbException("Away.");
}
