using System.Data.Common;
using Zotify.Logging.Copying;
using Zotify.Logging.Database;
using Zotify.Logging.Journal;
using Zotify.Logging.Projection;
using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Support.Children;

/// <summary>
/// Copies a database, as the command does: the arguments are provider and connection string of the source, then of the target. Prints a
/// line before each transaction of the target is committed, and after it, so that the test can kill it anywhere.
/// </summary>
internal sealed class CopyRows : IChild
{
    public const string Copied = "copied";

    public async Task<int> RunAsync(string[] arguments)
    {
        IDatabaseEngineFactory[] engines = [new SqliteEngineFactory(), new TestEngineFactory()];
        var time = TimeProvider.System;
        using var stage = new JournalStage(
            new LogDirectory(Environment.CurrentDirectory, "m1/app", time),
            new LoggingDatabase(Options(arguments[0], arguments[1]), Environment.CurrentDirectory, engines),
            "m1/app",
            time);
        var copy = new DatabaseCopy(stage, engines, new PrintingTap());
        var tables = await copy.RunAsync(
            Options(arguments[2], arguments[3]), restarts: false, _ => { }, Console.Error.WriteLine, CancellationToken.None);
        Console.Out.WriteLine($"{Copied} {string.Join(", ", tables.Select(table => $"{table.Table} {table.Count}"))}");
        return 0;
    }

    private static DatabaseOptions Options(string provider, string connectionString) =>
        new() { Provider = Enum.Parse<DatabaseProvider>(provider), ConnectionString = connectionString, MigrateOnStart = true };

    private sealed class PrintingTap : ConnectionTap
    {
        public override void Committing(DbTransaction transaction) => Console.Out.WriteLine("committing");

        public override void Committed() => Console.Out.WriteLine("committed");
    }
}
