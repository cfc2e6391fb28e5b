using System.Data;
using System.Data.Common;

namespace Zotify.Logging.Tests.Database.SqlServer;

/// <summary>A transaction of a <see cref="RecordingConnection"/>.</summary>
internal sealed class RecordingTransaction(DbConnection connection, IsolationLevel level) : DbTransaction
{
    public override IsolationLevel IsolationLevel => level;

    protected override DbConnection DbConnection => connection;

    public override void Commit()
    {
    }

    public override void Rollback()
    {
    }
}
