using System.Data.Common;
using System.Globalization;
using Zotify.Logging.Copying;
using Zotify.Logging.Database;
using Zotify.Logging.Journal;
using Zotify.Logging.Projection;
using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Support.Children;

/// <summary>
/// Copies a database, as the command does: the arguments are provider and connection string of the source, then of the target. Prints a
/// line before each transaction of the target is committed, and after it, so that the test can kill it anywhere. The last argument is the
/// number of lines after which the test kills it: a little later it waits, so that it does not end before a test that is slow.
/// </summary>
internal sealed class CopyRows : IChild
{
    public const string Copied = "copied";

    /// <summary>A number of lines that it never reaches.</summary>
    public const int All = 1_000_000_000;

    private const int LinesAhead = 3;

    public async Task<int> RunAsync(string[] arguments)
    {
        IDatabaseEngineFactory[] engines = [new SqliteEngineFactory(), new TestEngineFactory()];
        var time = TimeProvider.System;
        using var stage = new JournalStage(
            new LogDirectory(Environment.CurrentDirectory, "m1/app", time),
            new LoggingDatabase(Options(arguments[0], arguments[1]), Environment.CurrentDirectory, engines),
            "m1/app",
            time);
        var copy = new DatabaseCopy(stage, engines, new PrintingTap(int.Parse(arguments[4], CultureInfo.InvariantCulture) + LinesAhead));
        var tables = await copy.RunAsync(
            Options(arguments[2], arguments[3]), restarts: false, _ => { }, Console.Error.WriteLine, CancellationToken.None);
        Console.Out.WriteLine($"{Copied} {string.Join(", ", tables.Select(table => $"{table.Table} {table.Count}"))}");
        return 0;
    }

    private static DatabaseOptions Options(string provider, string connectionString) =>
        new() { Provider = Enum.Parse<DatabaseProvider>(provider), ConnectionString = connectionString, MigrateOnStart = true };

    private sealed class PrintingTap(int lines) : ConnectionTap
    {
        private int _printed;

        public override void Committing(DbTransaction transaction) => Print("committing");

        public override void Committed() => Print("committed");

        private void Print(string line)
        {
            Console.Out.WriteLine(line);
            // The test kills it.
#pragma warning disable RS0030
            if (++_printed == lines) Thread.Sleep(Timeout.Infinite);
#pragma warning restore RS0030
        }
    }
}
