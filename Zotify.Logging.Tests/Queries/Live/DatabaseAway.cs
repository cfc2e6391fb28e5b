using System.Data.Common;
using Zotify.Logging.Database;

namespace Zotify.Logging.Tests.Queries.Live;

/// <summary>A database that a test can make unavailable to its readers, and available again.</summary>
internal sealed class DatabaseAway : ConnectionTap
{
    private int _refused;

    public bool IsAway { get; set; }

    /// <summary>How often it was unavailable.</summary>
    public int Refused => _refused;

    public override void Opening(DbConnection connection) => Refuse();

    public override Task ExecutingAsync(DbCommand command)
    {
        Refuse();
        return Task.CompletedTask;
    }

    private void Refuse()
    {
        if (!IsAway) return;
        Interlocked.Increment(ref _refused);
        throw new AwayException();
    }

    private sealed class AwayException() : DbException("Away.");
}
