using System.Data.Common;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using Zotify.Logging.Database;

namespace Zotify.Logging.Tests.Database.Support;

/// <summary>Sets SQLite's own limits for every connection that is opened, so that real errors come early.</summary>
internal sealed class TightConnections : ConnectionTap
{
    /// <summary>The most pages of the file; beyond, the disk is full.</summary>
    public int? Pages { get; set; }

    /// <summary>The most bytes of a value; beyond, it is too big.</summary>
    public int? ValueLength { get; init; }

    public override void Opened(DbConnection connection)
    {
        var handle = ((SqliteConnection)connection).Handle;
        if (Pages is { } pages) raw.sqlite3_exec(handle, $"PRAGMA max_page_count={pages}");
        if (ValueLength is { } length) _ = raw.sqlite3_limit(handle, raw.SQLITE_LIMIT_LENGTH, length);
    }
}
