using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using Zotify.Logging.Database;
using Zotify.Logging.Projection;
using Zotify.Logging.SqlServer;
using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Support.Children;

/// <summary>
/// Projects a journal of audit events, always the same one, to a database, two runs of the index in each transaction. It kills itself
/// before the n-th statement of a transaction that writes the index, where its argument is n; with 0 it goes on to the end. Other arguments:
/// what it counts, the engine and the connection string.
/// </summary>
internal sealed class TextIndexWriter : IChild
{
    public const int Events = 2_600;

    /// <summary>What is before the statements of the index, and what it prints before it kills itself.</summary>
    public const string Killing = "killing itself before ";

    /// <summary>Counts every step that writes.</summary>
    public const string Any = "any";

    /// <summary>Counts the steps that write from the first read of a merge on.</summary>
    public const string Merge = "merge";

    // A merge is the last step of a transaction.
    private const int BatchRows = 128;

    public static TextRunSize Size { get; } = new(BlockRows: 1, SmallOfLarge: 16);

    public async Task<int> RunAsync(string[] arguments)
    {
        var at = int.Parse(arguments[0], CultureInfo.InvariantCulture);
        var options = new DatabaseOptions { Provider = Enum.Parse<DatabaseProvider>(arguments[2]), ConnectionString = arguments[3] };
        var folder = Environment.CurrentDirectory;
        using var database = new LoggingDatabase(
            options, folder, [new SqliteEngineFactory(), new SqlServerEngineFactory()], new KillingTap(at, arguments[1] == Merge));
        await ProjectAsync(database, folder);
        return 0;
    }

    /// <summary>Projects the journal to its end.</summary>
    public static async Task ProjectAsync(LoggingDatabase database, string folder)
    {
        var journal = new FakeJournal(mostAtOnce: BatchRows);
        journal.Adopt(new Guid("0195d8e4-0000-7000-8000-000000000001"));
        journal.Append(Enumerable.Range(1, Events).Select(Line));
        var rejected = new RejectedJournal(Path.Combine(folder, journal.FileName), TimeProvider.System, (_, _) => { });
        await using var projector = new Projector(
            journal, database, new AuditProjection(Size, TimeProvider.System), rejected, "m1/app", TimeProvider.System,
            (message, exception) => throw new InvalidOperationException(message, exception));
        projector.Start();
        await projector.CatchUpAsync(Events, CancellationToken.None);
    }

    // The same in each process, its id as well.
    private static string Line(int seq) => Lines.Audit(
        at: Lines.Noon.AddMilliseconds(seq * 7 % 1_000), message: $"Event {seq} of {seq % 97}", userId: $"u{seq % 5}",
        id: new Guid($"0195d8e4-0000-7000-8000-{seq:D12}"));

    private sealed class KillingTap(int at, bool isOfMerge) : ConnectionTap
    {
        private const string MergeRead = "SELECT p.data FROM audit_text_pages";

        private int _count;

        public override Task ExecutingAsync(DbCommand command)
        {
            var text = command.CommandText.Replace("[dbo].[", "", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal);
            if (!text.Contains("audit_text_", StringComparison.Ordinal)) return Task.CompletedTask;
            var isRead = text.StartsWith("SELECT", StringComparison.Ordinal);
            // To be killed before a read is to be killed after what was written before it. A merge begins with a read.
            if (!isOfMerge && !isRead) Count(text.Split('\n')[0]);
            if (isOfMerge && (_count == 0 ? text.StartsWith(MergeRead, StringComparison.Ordinal) : !isRead))
                Count($"{Merge}: {text.Split('\n')[0]}");
            return Task.CompletedTask;
        }

        public override void Committing(DbTransaction transaction) => CountCommit("the commit");

        public override void Committed() => CountCommit("the answer to the commit");

        private void CountCommit(string what)
        {
            if (!isOfMerge) Count(what);
            else if (_count > 0) Count($"{Merge}: {what}");
        }

        private void Count(string what)
        {
            if (++_count != at) return;
            Console.Out.WriteLine(Killing + what);
            Console.Out.Flush();
            Process.GetCurrentProcess().Kill();
            // The signal may take a moment to arrive, and nothing may be written in that time.
#pragma warning disable RS0030
            Thread.Sleep(Timeout.Infinite);
#pragma warning restore RS0030
        }
    }
}
