using Zotify.Logging.Database;

namespace Zotify.Logging.Queries;

/// <summary>
/// Runs the usual searches once, over some events in memory. Afterwards the runtime has compiled their code, which takes longer than a
/// search does. Touches neither the log nor its database.
/// </summary>
internal static class AuditWarmUp
{
    private const string User = "u1";
    private const string Type = "user.login";
    private const string Address = "192.0.2.1";
    private const int Events = 3;

    private static readonly DateTime Time = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static int _hasBegun;

    /// <summary>Runs them. Returns some of the events; none where the engine has no database in memory.</summary>
    public static async Task<List<AuditEvent>> RunAsync(LoggingDatabase database, CancellationToken cancellationToken)
    {
        var events = new List<AuditEvent>();
        Interlocked.Exchange(ref _hasBegun, 1);
        if (await database.OpenScratchAsync(hasTables: true, cancellationToken).ConfigureAwait(false) is not { } connection) return events;
        await using (connection.ConfigureAwait(false))
        {
            await FillAsync(database, connection, cancellationToken).ConfigureAwait(false);
            foreach (var query in Queries())
            {
                var page = await AuditPager.ReadAsync(connection, query, new ScanBudget(), cancellationToken).ConfigureAwait(false);
                await AuditPager.ReadAsync(connection, query with { Cursor = page.Next }, new ScanBudget(), cancellationToken)
                    .ConfigureAwait(false);
                events.AddRange(await AuditEvents.OfAsync(connection, page.Rows, cancellationToken).ConfigureAwait(false));
            }
        }

        return events;
    }

    /// <summary>
    /// Compiles in the background how events are read, and compared where the query has terms, while the first search of a process is
    /// still checked and written as SQL. Does nothing later, or where the searches were run before.
    /// </summary>
    public static void BeginReading(LoggingDatabase database, AuditQuery query)
    {
        if (Interlocked.Exchange(ref _hasBegun, 1) != 0) return;
        var hasTerms = query.Text is not null;
        using (ExecutionContext.SuppressFlow()) _ = Task.Run(() => ReadAsync(database, hasTerms), CancellationToken.None);
    }

    private static async Task ReadAsync(LoggingDatabase database, bool hasTerms)
    {
        try
        {
            var none = CancellationToken.None;
            if (await database.OpenScratchAsync(hasTables: false, none).ConfigureAwait(false) is not { } connection) return;
            await using var ownConnection = connection.ConfigureAwait(false);
            var constants = string.Join(", ", AuditEventRow.Columns.Select(Constant));
            var rows = await AuditRowReader.ReadAsync(connection, SqlQuery.Raw($"SELECT 1, {constants}"), none).ConfigureAwait(false);
            if (hasTerms) _ = new AuditMatcher(new AuditQuery { Text = "text" }).Matches(rows[0]);
            _ = AuditEvent.Of(rows[0], Guid.Empty);
            _ = AuditPageCursor.Of(rows[0]).Encode(descending: true);
        }
        // The search compiles what is missing, and reports what is wrong.
#pragma warning disable CA1031
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }

    private static string Constant(LineColumn<AuditEventRow> column)
    {
        if (column.IsJson) return """'{"source":"web"}'""";
        if (column.Type == typeof(DateTime)) return "'2026-01-01T00:00:00.0000000Z'";
        if (column.Type == typeof(Guid)) return "'00000000-0000-0000-0000-000000000000'";
        return column.Type == typeof(string) ? "'text'" : "1";
    }

    private static AuditQuery[] Queries()
    {
        // One event a page, so that there are pages after it.
        var newest = new AuditQuery { Limit = 1 };
        return
        [
            newest,
            newest with { UserIds = [User] },
            newest with { EventTypes = [Type], From = Time, To = Time.AddDays(1) },
            newest with { EventTypes = ["user.*"] },
            newest with { Text = "logged" },
            // By a column without an order, so that the index of the texts is read.
            newest with { Text = "logged", SourceIps = [Address] },
        ];
    }

    private static async Task FillAsync(LoggingDatabase database, LoggingConnection connection, CancellationToken cancellationToken)
    {
        await connection.ExecuteAsync(
            $"""
            INSERT INTO journals (id, journal, instance, name, seq, hash, segment, "offset")
            VALUES (1, {Guid.Empty}, '', '', {Events}, '', 1, 0)
            """,
            cancellationToken).ConfigureAwait(false);
        var rows = new List<AuditEventRow>();
        for (var seq = 1; seq <= Events; seq++) rows.Add(Row(seq));
        await database.InsertAsync(connection, SqlTables.AuditEvents, rows, cancellationToken).ConfigureAwait(false);
        await new TextIndexer(connection, TextRunSize.Default).IndexAsync(new TextRange(1, 1, Events), cancellationToken)
            .ConfigureAwait(false);
    }

    private static AuditEventRow Row(int seq) => new()
    {
        JournalId = 1,
        Seq = seq,
        Id = Guid.Empty,
        Timestamp = Time.AddSeconds(seq),
        EventType = Type,
        UserId = User,
        SourceIp = Address,
        Level = "Information",
        Category = "Warm.Up",
        EventId = 1,
        Message = "A user logged in",
        Details = """{"source":"web"}""",
        Scope = """{"request":"1"}""",
        TraceId = "",
        SpanId = "",
        Instance = "",
        Hash = "",
    };
}
