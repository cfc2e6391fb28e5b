using Microsoft.Data.Sqlite;

namespace Zotify.Logging.Tests.Support.Children;

/// <summary>Acquires the one write lock of the given SQLite file, prints <c>locked</c>, and holds it until it is killed.</summary>
internal sealed class LockDatabase : IChild
{
    public async Task<int> RunAsync(string[] arguments)
    {
        await using var connection = new SqliteConnection($"Data Source={arguments[0]}");
        await connection.OpenAsync();
        await using var transaction = connection.BeginTransaction();
        await Console.Out.WriteLineAsync("locked");
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System);
        return 0;
    }
}
