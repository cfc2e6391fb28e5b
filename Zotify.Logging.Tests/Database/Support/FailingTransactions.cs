using System.Data.Common;
using Zotify.Logging.Database;

namespace Zotify.Logging.Tests.Database.Support;

/// <summary>Makes every transaction fail while a test says so.</summary>
internal sealed class FailingTransactions : ConnectionTap
{
    private volatile bool _fail;

    public bool Fail
    {
        set => _fail = value;
    }

    public override void Beginning(DbConnection connection)
    {
        if (_fail) throw new IOException("Injected: no transaction begins.");
    }
}
