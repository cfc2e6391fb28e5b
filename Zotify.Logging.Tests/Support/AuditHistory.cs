using System.Globalization;
using Zotify.Logging.Database;
using Zotify.Logging.Projection;

namespace Zotify.Logging.Tests.Support;

/// <summary>
/// Audit events as a program has them after a while: 20,000 users, a dozen types, three instances; every hundredth has its own word, and so
/// on.
/// </summary>
internal static class AuditHistory
{
    private const int BatchSize = 5_000;

    private static readonly string[] Types =
    [
        "user.login", "user.logout", "user.login_failed", "user.password_changed", "user.role_granted", "user.created", "user.deleted",
        "config.update", "config.reset",
        "audit.exported", "audit.verified", "playlist.shared",
    ];

    /// <summary>The time of the newest event.</summary>
    public static DateTime End { get; } = new(2026, 11, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>Writes events of a year into a database, like a projector but without the journal's lines.</summary>
    public static async Task WriteAsync(LoggingDatabase database, int count, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenForWritingAsync(cancellationToken);
        var id = Guid.CreateVersion7(End);
        await connection.ExecuteAsync(
            $"INSERT INTO journals (journal, instance, name, seq, hash, segment, \"offset\") VALUES ({id}, 'earlier', 'audit.log.json', {count}, '', 1, 0)",
            cancellationToken);
        var journal = (await JournalRowReader.FindAsync(connection, id, cancellationToken))!.Id;
        var counts = new Dictionary<(DateTime, string), int>();
        var random = new Random(17);
        foreach (var batch in Enumerable.Range(1, count).Chunk(BatchSize))
        {
            var rows = Array.ConvertAll(batch, number => Row(journal, number, count, random));
            await connection.CommitAsync(
                async () =>
                {
                    await database.InsertAsync(connection, SqlTables.AuditEvents, rows, cancellationToken);
                    return true;
                },
                cancellationToken);
            foreach (var row in rows)
            {
                var hour = (AuditHours.Of(row.Timestamp), row.EventType);
                counts[hour] = counts.GetValueOrDefault(hour) + 1;
            }
        }

        await connection.CommitAsync(
            async () =>
            {
                await AuditCounts.AddAsync(
                    connection,
                    [.. counts.Select(count => new AuditCountRow { Hour = count.Key.Item1, EventType = count.Key.Item2, Count = count.Value })],
                    cancellationToken);
                return true;
            },
            cancellationToken);
    }

    private static AuditEventRow Row(long journal, int number, int count, Random random)
    {
        var at = End - ((count - number) * (TimeSpan.FromDays(365) / count)) - TimeSpan.FromTicks(random.Next(1_000));
        var (user, type, address) = (
            $"u{random.Next(20_000)}", Types[random.Next(Types.Length)], $"10.{random.Next(4)}.{random.Next(256)}.{random.Next(256)}");
        var words = string.Concat(number % 10_000 == 77 ? " rareword" : "", number % 100 == 7 ? " percentword" : "");
        return new AuditEventRow
        {
            JournalId = journal,
            Seq = number,
            Id = Guid.CreateVersion7(at),
            Timestamp = at,
            EventType = type,
            UserId = user,
            SourceIp = address,
            Level = "Information",
            Category = "Zotify.Accounts",
            EventId = 1_001,
            Message = string.Create(
                CultureInfo.InvariantCulture, $"User {user} did {type} from {address}, order {random.Next(1_000_000)}{words}"),
            Details = string.Create(CultureInfo.InvariantCulture, $$"""{"source":"web","order":{"id":{{random.Next(10_000_000)}},"item":"{{new Guid(Bytes(random)):D}}"},"ok":true}"""),
            Scope = """{"request_id":"0HN7GLLPLP0FK:00000001"}""",
            TraceId = Convert.ToHexStringLower(Bytes(random)),
            SpanId = "00f067aa0ba902b7",
            Instance = $"server-{random.Next(3)}/zotify",
            Hash = "q0aSbqVqXCjUYcVX3Zr0H5mSn2rNnV2pTjvJv8Yb5mE",
        };
    }

    private static byte[] Bytes(Random random)
    {
        var bytes = new byte[16];
        random.NextBytes(bytes);
        return bytes;
    }
}
