using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using Zotify.Logging.Database;
using Zotify.Logging.Projection;
using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Support.Children;

/// <summary>
/// Projects a journal of audit events, always the same one, to <c>zotify.db</c> in its folder, a few runs of the index in each transaction. It kills
/// itself before the n-th statement of a transaction that writes the index, where its argument is n; with 0 it goes on to the end.
/// </summary>
internal sealed class TextIndexWriter : IChild
{
    public const int Events = 2_600;

    /// <summary>What is before the statements of the index, and what it prints before it kills itself.</summary>
    public const string Killing = "killing itself before ";

    public static TextRunSize Size { get; } = new(BlockRows: 1, SmallOfLarge: 16);

    public async Task<int> RunAsync(string[] arguments)
    {
        var folder = Environment.CurrentDirectory;
        using var database = new LoggingDatabase(
            new DatabaseOptions { ConnectionString = "Data Source=zotify.db" },
            folder,
            [new SqliteEngineFactory()],
            new KillingTap(int.Parse(arguments[0], CultureInfo.InvariantCulture)));
        await ProjectAsync(database, folder);
        return 0;
    }

    /// <summary>Projects the journal to its end.</summary>
    public static async Task ProjectAsync(LoggingDatabase database, string folder)
    {
        var journal = new FakeJournal();
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

    private sealed class KillingTap(int at) : ConnectionTap
    {
        private int _count;

        public override Task ExecutingAsync(DbCommand command)
        {
            if (command.Transaction is not null && command.CommandText.Contains("audit_text_", StringComparison.Ordinal))
                Count(command.CommandText.Split('\n')[0]);
            return Task.CompletedTask;
        }

        public override void Committing(DbTransaction transaction) => Count("the commit");

        public override void Committed() => Count("the answer to the commit");

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
