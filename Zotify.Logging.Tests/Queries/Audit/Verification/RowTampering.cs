using System.Globalization;
using System.Text;
using Zotify.Logging.Journal;
using Zotify.Logging.Tests.Support;
using static Zotify.Logging.Tests.Queries.Audit.Verification.Expected;

namespace Zotify.Logging.Tests.Queries.Audit.Verification;

/// <summary>Random changes of an audit log's rows, counts and journals, and the expected result of a verification.</summary>
/// <param name="scene">The log.</param>
/// <param name="lines">The lines of its files.</param>
/// <param name="random">Chooses the change.</param>
internal sealed class RowTampering(AuditScene scene, SceneLines lines, Random random)
{
    private static readonly string[] TextColumns =
    [
        "event_type",
        "user_id",
        "level",
        "category",
        "message",
        "details",
        "scope",
        "instance",
        "hash",
        "timestamp",
        "id"
    ];

    public Expected EditRow()
    {
        var row = lines.AnyLine();
        // If the hashes differ to the end, nothing distinguishes wrong rows from rewritten lines, except the checkpoint.
        var column = TextColumns[random.Next(TextColumns.Length)];
        var value = column switch
        {
            "timestamp" => "strftime('%Y', timestamp) || '-01-01T00:00:00.0000000Z'",
            "details" => "coalesce(details, '{}') || ' '",
            "id" => "'00000000-0000-7000-8000-000000000000'",
            "hash" => "substr(hash, 2) || 'A'",
            _ => random.Next(4) == 0 && column is "user_id" or "scope" or "message"
                ? "coalesce(" + column + ", '') || 'x'"
                : "coalesce(" + column + ", '') || ' '",
        };
        scene.Execute($"UPDATE audit_events SET {column} = {value} WHERE seq = {row}");
        return BadRow(row);
    }

    public Expected DeleteRow()
    {
        var row = lines.AnyLine();
        scene.Execute($"DELETE FROM audit_events WHERE seq = {row}");
        return BadRow(row);
    }

    public Expected DeleteRows()
    {
        var row = lines.AnyLine();
        scene.Execute($"DELETE FROM audit_events WHERE seq >= {row} AND seq <= {lines.AnyLine()} OR seq = {row}");
        return BadRow(row);
    }

    public Expected AddRowAtEnd()
    {
        var row = lines.Last + random.Next(1, 5);
        Insert(row, "journal_id");
        return BadRow(row);
    }

    public Expected AddRowBelow()
    {
        var row = lines.First - 1 - random.Next(1, 5);
        Insert(row, "journal_id");
        return BadRow(row);
    }

    public Expected AddOrphan()
    {
        var row = lines.AnyLine();
        Insert(row, "99");
        return BadRow(row);
    }

    private void Insert(long seq, string journal)
    {
        var columns = "id, timestamp, event_type, user_id, level, category, message, details, instance, hash";
        scene.Execute(
            $"INSERT INTO audit_events (journal_id, seq, {columns}) SELECT {journal}, {seq.ToString(CultureInfo.InvariantCulture)}, {columns} FROM audit_events WHERE seq = {lines.AnyLine()}");
    }

    public Expected SwapRows()
    {
        var (one, other) = (random.NextInt64(lines.First, lines.Last), 0L);
        other = random.NextInt64(one + 1, lines.Last + 1);
        scene.Execute(
            $"UPDATE audit_events SET seq = -1000 WHERE seq = {one}; UPDATE audit_events SET seq = {one} WHERE seq = {other}; UPDATE audit_events SET seq = {other} WHERE seq = -1000");
        return BadRow(one);
    }

    public Expected MoveRow()
    {
        var row = lines.AnyLine();
        scene.Execute(
            $"UPDATE audit_events SET journal_id = (SELECT id FROM journals WHERE name <> '{AuditFiles.Name}') WHERE seq = {row}");
        return BadRow(row);
    }

    public Expected EditCount()
    {
        scene.Execute(
            "UPDATE audit_counts SET count = count + 1 WHERE event_type = 'user.logout' AND hour = (SELECT MIN(hour) FROM audit_counts WHERE event_type = 'user.logout')");
        return BadCount("user.logout");
    }

    public Expected DeleteCount()
    {
        scene.Execute(
            "DELETE FROM audit_counts WHERE event_type = 'user.login' AND hour = (SELECT MIN(hour) FROM audit_counts WHERE event_type = 'user.login')");
        return BadCount("user.login");
    }

    public Expected AddCount()
    {
        scene.Execute(
            $"INSERT INTO audit_counts (hour, event_type, count) VALUES ('2026-11-23T15:00:00.0000000Z', 'user.forged', {random.Next(3)})");
        return BadCount("user.forged");
    }

    public Expected LowerCheckpoint()
    {
        var seq = random.NextInt64(lines.First, lines.Last);
        var keepsHash = random.Next(2) == 0;
        var hash = JournalLine.Hash(Encoding.UTF8.GetBytes(lines.Line(seq)));
        scene.Execute($"UPDATE journals SET seq = {seq}{(keepsHash ? "" : $", hash = '{hash}'")} WHERE name = '{AuditFiles.Name}'");
        return BadRow(keepsHash ? seq : seq + 1);
    }

    public Expected EditCheckpoint()
    {
        scene.Execute($"UPDATE journals SET hash = 'x' || substr(hash, 2) WHERE name = '{AuditFiles.Name}'");
        return BadRow(lines.Last);
    }

    public Expected RaiseCheckpoint()
    {
        scene.Execute($"UPDATE journals SET seq = seq + {random.Next(1, 9)} WHERE name = '{AuditFiles.Name}'");
        return Truncated(lines.Last + 1);
    }

    public Expected DeleteJournal()
    {
        scene.Execute($"DELETE FROM journals WHERE name = '{AuditFiles.Name}'");
        return BadRow(lines.First);
    }
}
