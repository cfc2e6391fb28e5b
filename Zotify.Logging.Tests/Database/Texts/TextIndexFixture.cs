using Microsoft.Extensions.Time.Testing;
using Zotify.Logging.Database;
using Zotify.Logging.Projection;
using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Database.Texts;

/// <summary>Writes events and their index, and compares the two.</summary>
public abstract class TextIndexFixture : StoreContract
{
    private protected const string Runs =
        "SELECT journal_id, first_seq, last_seq, CASE WHEN pages IS NULL THEN 0 ELSE 1 END FROM audit_text_runs ORDER BY journal_id, first_seq";

    private protected static TextRunSize Size { get; } = new(BlockRows: 1, SmallOfLarge: 16);

    /// <summary>A day after the events.</summary>
    private protected static TimeProvider Clock { get; } = new FakeTimeProvider(Lines.Noon.AddDays(1));

    private protected static AuditProjection NewProjection() => new(Size, Clock);

    /// <summary>Events whose times do not ascend with their numbers.</summary>
    private protected async Task AddAsync(int count, DateTime? at = null)
    {
        var first = (int)Journal.DurableSeq;
        var random = new Random(first);
        Journal.Append(Enumerable.Range(first, count).Select(seq => Lines.Audit(
            at: (at ?? Lines.Noon).AddMilliseconds(seq + random.Next(50)), userId: $"u{random.Next(9)}", message: $"Event {seq} word{random.Next(500)}",
            details: new { Album = $"größe{random.Next(40)}" }, sourceIp: $"10.0.0.{random.Next(9)}")));
        await ProjectAsync(new NoIdleWork(NewProjection()));
    }

    /// <summary>Every row is in one run or in none, and where it is in an indexed one, it is found by each of its texts.</summary>
    private protected async Task AssertFindsAllAsync()
    {
        var rows = await AuditRowsAsync();
        await Database.ReadAsync(
            async (connection, cancellation) =>
            {
                var found = (await new TextRunsReader(connection).ReadAsync(cancellation))!;
                foreach (var row in rows)
                {
                    var own = found.All.Where(run => run.JournalId == row.JournalId && Has(run, row)).ToArray();
                    var isRest = found.Rest.Any(rest => IsIn(rest, row));
                    Assert.AreEqual(1, own.Length + (isRest ? 1 : 0), $"row {row.Seq} is in {own.Length} runs");
                    // Each takes some queries.
                    if (isRest || row.Seq % 11 != 0) continue;
                    var conditions = new TextConditions();
                    conditions.RequirePhrase(row.Message!.ToLowerInvariant());
                    conditions.RequireValue("e.source_ip", [row.SourceIp!, "none"]);
                    var candidates = await new TextCandidateFinder(connection, conditions).FindAsync(own, cancellation);
                    Assert.IsTrue(candidates.Exists(candidate => IsIn(candidate, row)), $"row {row.Seq}: {row.Message}");
                    if (own[0].Pages is not null) Assert.IsLessThan(4, candidates.Count, "the index excludes nearly all others");
                }

                return true;
            },
            Cancellation);

        static bool Has(TextRun run, AuditEventRow row) => run.FirstSeq <= row.Seq && row.Seq <= run.LastSeq;
        static bool IsIn(TextCandidate candidate, AuditEventRow row) =>
            candidate.Rows.JournalId == row.JournalId && candidate.Rows.FirstSeq <= row.Seq && row.Seq <= candidate.Rows.LastSeq
            && candidate.Earliest <= row.Timestamp && row.Timestamp <= candidate.Latest;
    }

    private protected Task<List<TextRun>> RunsAsync() =>
        Database.ReadAsync((connection, cancellation) => new TextRunTable(connection).ReadAllAsync(cancellation), Cancellation);

    /// <summary>Makes the rows those of a database from before the index, as the migration leaves them.</summary>
    private protected async Task ForgetAsync()
    {
        await Store.ExecuteAsync("DELETE FROM audit_text_pages");
        await Store.ExecuteAsync("DELETE FROM audit_text_runs");
        await Store.ExecuteAsync(
            """
            INSERT INTO audit_text_runs (journal_id, first_seq, last_seq, block_rows, earliest, latest)
            SELECT journal_id, seq - (seq - 1) % 256, MAX(seq), 1, MIN("timestamp"), MAX("timestamp") FROM audit_events
            GROUP BY journal_id, seq - (seq - 1) % 256
            """);
    }

    /// <summary>Finds the next rows to index, as a projector without lines does.</summary>
    private protected static Task<Func<Task>?> FindAsync(LoggingConnection connection, CancellationToken cancellationToken) =>
        new TextMaintenance(connection, Size, Clock).FindAsync(journalId: null, cancellationToken);

    private protected static async Task CommitAsync(LoggingConnection connection, Func<Task> work, CancellationToken cancellationToken) =>
        Assert.IsTrue(
            await connection.CommitAsync(
                async () =>
                {
                    await work();
                    return true;
                },
                cancellationToken));

    /// <summary>Indexes all that can be indexed.</summary>
    private protected async Task IndexAllAsync()
    {
        var database = Store.Open();
        await using var connection = await database.OpenForWritingAsync(Cancellation);
        while (await FindAsync(connection, Cancellation) is { } work)
        {
            try
            {
                using var turn = await database.EnterWriteAsync(Cancellation);
                await CommitAsync(connection, work, Cancellation);
            }
            catch (Exception exception) when (database.IsTransient(exception))
            {
                // The other one came first.
            }
        }
    }
}
