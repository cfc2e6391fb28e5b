using System.Collections.Concurrent;

namespace Zotify.Logging.Tests.Database.Support;

/// <summary>Databases with the tables of this version and no rows, which one test after another uses: to create the tables takes longer
/// than most tests. Thread-safe.</summary>
internal static class SqlServerDatabases
{
    private static readonly ConcurrentBag<SqlServerDatabase> Free = [];

    /// <summary>A database that nobody else uses.</summary>
    public static SqlServerDatabase Rent()
    {
        if (Free.TryTake(out var free)) return free;
        var database = SqlServerDatabase.Create(SqlServerStore.Server!);
        database.CreateTables();
        return database;
    }

    /// <summary>Removes the rows of a database that is used no longer.</summary>
    public static void Return(SqlServerDatabase database)
    {
        database.Clear();
        Free.Add(database);
    }

    /// <summary>Drops them after the tests.</summary>
    public static void Drop()
    {
        while (Free.TryTake(out var database)) database.Drop();
    }
}
