using System.Globalization;
using System.Text;
using Zotify.Logging.Journal;
using Zotify.Logging.Tests.Journal.Verification;
using Zotify.Logging.Tests.Support;
using static Zotify.Logging.Tests.Queries.Audit.Verification.Expected;

namespace Zotify.Logging.Tests.Queries.Audit.Verification;

/// <summary>A random change of an audit log's files, rows or both, and the expected result of a verification.</summary>
/// <param name="scene">The log.</param>
/// <param name="random">Chooses the change.</param>
internal sealed class Tampering(AuditScene scene, Random random)
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

    private readonly string[] _paths = scene.Files.Paths;
    private readonly List<string>[] _segments = [.. scene.Files.Paths.Select(path => File.ReadAllLines(path).ToList())];
    private readonly long _first = scene.First;
    private readonly long _last = scene.Last;

    /// <summary>The change, for messages.</summary>
    public string Name { get; private set; } = "";

    /// <summary>Makes the change.</summary>
    public Expected Apply()
    {
        (string, Func<Expected>)[] all =
        [
            ("edit a line", EditLine), ("delete a line", DeleteLine), ("copy a line", CopyLine), ("swap lines", SwapLines),
            ("cut the end", CutEnd), ("delete a file", DeleteFile),
            ("delete all files", DeleteFiles), ("junk after a file", AddJunk), ("rename a file", RenameFile), ("rewrite lines", Rewrite), (
                "forge a line after a file", ForgeLine),
            ("edit a row", EditRow), ("edit a row", EditRow), ("delete a row", DeleteRow), ("delete rows", DeleteRows), (
                "add a row at the end", AddRowAtEnd), ("add a row below", AddRowBelow),
            ("add a row of no journal", AddOrphan), ("swap rows", SwapRows), ("move a row", MoveRow), ("edit a count", EditCount),
            ("delete a count", DeleteCount), ("add a count", AddCount),
            ("set the checkpoint back", LowerCheckpoint), ("edit the checkpoint", EditCheckpoint), (
                "set the checkpoint forth", RaiseCheckpoint), ("delete the journal", DeleteJournal),
            ("edit a line and a row before it", EditRowAndLine), ("delete a row and cut the end", DeleteRowAndCut),
            ("edit line and row alike", EditBothAlike),
        ];
        var (name, change) = all[random.Next(all.Length)];
        Name = name;
        return change();
    }

    private long AnyLine() => random.NextInt64(_first, _last + 1);

    private (int Segment, int At) Locate(long line)
    {
        var at = (int)(line - _first);
        var segment = 0;
        while (at >= _segments[segment].Count) at -= _segments[segment++].Count;
        return (segment, at);
    }

    private string Line(long line) => _segments[Locate(line).Segment][Locate(line).At];

    private void Save()
    {
        for (var i = 0; i < _paths.Length; i++) File.WriteAllText(_paths[i], string.Concat(_segments[i].Select(line => line + "\n")));
    }

    private Expected EditLine()
    {
        var line = AnyLine();
        var (segment, at) = Locate(line);
        var text = _segments[segment][at];
        var position = random.Next(1, text.IndexOf("\"seq\"", StringComparison.Ordinal));
        var changed = new StringBuilder(text) { [position] = text[position] == 'x' ? 'y' : 'x' }.ToString();
        _segments[segment][at] = changed;
        Save();
        return BrokenLine(line);
    }

    private Expected DeleteLine()
    {
        var line = AnyLine();
        var (segment, at) = Locate(line);
        _segments[segment].RemoveAt(at);
        Save();
        return line == _last ? Truncated(line) : BrokenLine(line);
    }

    private Expected CopyLine()
    {
        var (line, place) = (AnyLine(), AnyLine());
        var (segment, at) = Locate(place);
        // The line before the active file, copied to its beginning, looks like the result of a failed flush.
        if (line == place - 1 && at == 0) line = place;
        _segments[segment].Insert(at, Line(line));
        Save();
        return BrokenLine(line == place ? place + 1 : place);
    }

    private Expected SwapLines()
    {
        var (one, other) = (random.NextInt64(_first, _last), 0L);
        other = random.NextInt64(one + 1, _last + 1);
        var (a, b) = (Locate(one), Locate(other));
        (_segments[a.Segment][a.At], _segments[b.Segment][b.At]) = (_segments[b.Segment][b.At], _segments[a.Segment][a.At]);
        Save();
        return BrokenLine(one);
    }

    private Expected CutEnd()
    {
        var line = AnyLine();
        var (segment, at) = Locate(line);
        _segments[segment].RemoveRange(at, _segments[segment].Count - at);
        Save();
        foreach (var path in _paths.Skip(_segments[segment].Count == 0 ? segment : segment + 1)) File.Delete(path);
        return Truncated(line);
    }

    private Expected DeleteFile()
    {
        var segment = random.Next(_paths.Length);
        var first = AuditScene.NumberOf(_segments[segment][0]);
        File.Delete(_paths[segment]);
        return segment == _paths.Length - 1 ? Truncated(first) : BrokenLine(first);
    }

    private Expected DeleteFiles()
    {
        foreach (var path in _paths) File.Delete(path);
        if (random.Next(2) == 0) File.Delete(scene.Files.IdFile);
        return Truncated(_first);
    }

    private Expected AddJunk()
    {
        var segment = random.Next(_paths.Length);
        string[] junk = ["garbage", "{}", "{\"event_type\":\"user.login\",\"message\":\"no number\"}", ""];
        File.AppendAllText(_paths[segment], junk[random.Next(junk.Length)] + "\n");
        return BrokenLine(AuditScene.NumberOf(_segments[segment][^1]) + 1);
    }

    private Expected RenameFile()
    {
        var segment = random.Next(1, _paths.Length - 1);
        var first = AuditScene.NumberOf(_segments[segment][0]);
        var later = AuditScene.NumberOf(_segments[segment + 1][0]);
        File.Move(_paths[segment], Path.Combine(scene.Root, $"audit.log.{later + 1:D20}.json"));
        return BrokenLine(first);
    }

    private Expected Rewrite()
    {
        var from = random.NextInt64(_first + 1, _last + 1);
        var previous = Forger.HashOf(Line(from - 1));
        var contents = _segments.SelectMany(lines => lines)
            .Skip((int)(from - _first)).Select(line => Forger.Content(line).Replace("Information", "Warning", StringComparison.Ordinal));
        var rewritten = Forger.Seal(contents, previous);
        for (var line = from; line <= _last; line++) _segments[Locate(line).Segment][Locate(line).At] = rewritten[line - from];
        Save();
        return BrokenLine(from);
    }

    private Expected ForgeLine()
    {
        var segment = random.Next(_paths.Length - 1);
        var last = _segments[segment][^1];
        var next = AuditScene.NumberOf(last) + 1;
        var forged = Forger.Content(last).Replace($"\"seq\":{next - 1}", $"\"seq\":{next}", StringComparison.Ordinal);
        File.AppendAllText(_paths[segment], Forger.Seal([forged], Forger.HashOf(last))[0] + "\n");
        return BrokenLine(next);
    }

    private Expected EditRow()
    {
        var row = AnyLine();
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

    private Expected DeleteRow()
    {
        var row = AnyLine();
        scene.Execute($"DELETE FROM audit_events WHERE seq = {row}");
        return BadRow(row);
    }

    private Expected DeleteRows()
    {
        var row = AnyLine();
        scene.Execute($"DELETE FROM audit_events WHERE seq >= {row} AND seq <= {AnyLine()} OR seq = {row}");
        return BadRow(row);
    }

    private Expected AddRowAtEnd()
    {
        var row = _last + random.Next(1, 5);
        Insert(row, "journal_id");
        return BadRow(row);
    }

    private Expected AddRowBelow()
    {
        var row = _first - 1 - random.Next(1, 5);
        Insert(row, "journal_id");
        return BadRow(row);
    }

    private Expected AddOrphan()
    {
        var row = AnyLine();
        Insert(row, "99");
        return BadRow(row);
    }

    private void Insert(long seq, string journal)
    {
        var columns = "id, timestamp, event_type, user_id, level, category, message, details, instance, hash";
        scene.Execute(
            $"INSERT INTO audit_events (journal_id, seq, {columns}) SELECT {journal}, {seq.ToString(CultureInfo.InvariantCulture)}, {columns} FROM audit_events WHERE seq = {AnyLine()}");
    }

    private Expected SwapRows()
    {
        var (one, other) = (random.NextInt64(_first, _last), 0L);
        other = random.NextInt64(one + 1, _last + 1);
        scene.Execute(
            $"UPDATE audit_events SET seq = -1000 WHERE seq = {one}; UPDATE audit_events SET seq = {one} WHERE seq = {other}; UPDATE audit_events SET seq = {other} WHERE seq = -1000");
        return BadRow(one);
    }

    private Expected MoveRow()
    {
        var row = AnyLine();
        scene.Execute(
            $"UPDATE audit_events SET journal_id = (SELECT id FROM journals WHERE name <> '{AuditFiles.Name}') WHERE seq = {row}");
        return BadRow(row);
    }

    private Expected EditCount()
    {
        scene.Execute(
            "UPDATE audit_counts SET count = count + 1 WHERE event_type = 'user.logout' AND hour = (SELECT MIN(hour) FROM audit_counts WHERE event_type = 'user.logout')");
        return BadCount("user.logout");
    }

    private Expected DeleteCount()
    {
        scene.Execute(
            "DELETE FROM audit_counts WHERE event_type = 'user.login' AND hour = (SELECT MIN(hour) FROM audit_counts WHERE event_type = 'user.login')");
        return BadCount("user.login");
    }

    private Expected AddCount()
    {
        scene.Execute(
            $"INSERT INTO audit_counts (hour, event_type, count) VALUES ('2026-11-23T15:00:00.0000000Z', 'user.forged', {random.Next(3)})");
        return BadCount("user.forged");
    }

    private Expected LowerCheckpoint()
    {
        var seq = random.NextInt64(_first, _last);
        var keepsHash = random.Next(2) == 0;
        var hash = JournalLine.Hash(Encoding.UTF8.GetBytes(Line(seq)));
        scene.Execute($"UPDATE journals SET seq = {seq}{(keepsHash ? "" : $", hash = '{hash}'")} WHERE name = '{AuditFiles.Name}'");
        return BadRow(keepsHash ? seq : seq + 1);
    }

    private Expected EditCheckpoint()
    {
        scene.Execute($"UPDATE journals SET hash = 'x' || substr(hash, 2) WHERE name = '{AuditFiles.Name}'");
        return BadRow(_last);
    }

    private Expected RaiseCheckpoint()
    {
        scene.Execute($"UPDATE journals SET seq = seq + {random.Next(1, 9)} WHERE name = '{AuditFiles.Name}'");
        return Truncated(_last + 1);
    }

    private Expected DeleteJournal()
    {
        scene.Execute($"DELETE FROM journals WHERE name = '{AuditFiles.Name}'");
        return BadRow(_first);
    }

    private Expected EditRowAndLine()
    {
        var row = random.NextInt64(_first, _last);
        var line = random.NextInt64(row + 1, _last + 1);
        scene.Execute($"UPDATE audit_events SET message = message || '!' WHERE seq = {row}");
        var (segment, at) = Locate(line);
        _segments[segment][at] = _segments[segment][at].Replace("\"message\":\"", "\"message\":\"!", StringComparison.Ordinal);
        Save();
        return BrokenLine(line, row);
    }

    private Expected DeleteRowAndCut()
    {
        var row = random.NextInt64(_first, _last);
        scene.Execute($"DELETE FROM audit_events WHERE seq = {row}");
        var (segment, at) = Locate(_last);
        _segments[segment].RemoveAt(at);
        Save();
        return Truncated(_last) with { Row = row };
    }

    /// <summary>
    /// As somebody does who can write both: without keys, nobody could detect it if all later hashes were computed again as well.
    /// </summary>
    private Expected EditBothAlike()
    {
        var line = AnyLine();
        var (segment, at) = Locate(line);
        _segments[segment][at] = _segments[segment][at].Replace("\"message\":\"", "\"message\":\"!", StringComparison.Ordinal);
        Save();
        scene.Execute($"UPDATE audit_events SET message = '!' || message WHERE seq = {line}");
        return BrokenLine(line);
    }
}
