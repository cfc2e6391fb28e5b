using static Zotify.Logging.Tests.Queries.Audit.Verification.Expected;

namespace Zotify.Logging.Tests.Queries.Audit.Verification;

/// <summary>A random change of an audit log's files, rows or both, and the expected result of a verification.</summary>
/// <param name="scene">The log.</param>
/// <param name="random">Chooses the change.</param>
internal sealed class Tampering(AuditScene scene, Random random)
{
    private readonly SceneLines _lines = new(scene, random);

    /// <summary>The change, for messages.</summary>
    public string Name { get; private set; } = "";

    /// <summary>Makes the change.</summary>
    public Expected Apply()
    {
        var ofLines = new LineTampering(scene, _lines, random);
        var ofRows = new RowTampering(scene, _lines, random);
        (string, Func<Expected>)[] all =
        [
            ("edit a line", ofLines.EditLine), ("delete a line", ofLines.DeleteLine), ("copy a line", ofLines.CopyLine), ("swap lines", ofLines.SwapLines),
            ("cut the end", ofLines.CutEnd), ("delete a file", ofLines.DeleteFile),
            ("delete all files", ofLines.DeleteFiles), ("junk after a file", ofLines.AddJunk), ("rename a file", ofLines.RenameFile), ("rewrite lines", ofLines.Rewrite), (
                "forge a line after a file", ofLines.ForgeLine),
            ("edit a row", ofRows.EditRow), ("edit a row", ofRows.EditRow), ("delete a row", ofRows.DeleteRow), ("delete rows", ofRows.DeleteRows), (
                "add a row at the end", ofRows.AddRowAtEnd), ("add a row below", ofRows.AddRowBelow),
            ("add a row of no journal", ofRows.AddOrphan), ("swap rows", ofRows.SwapRows), ("move a row", ofRows.MoveRow), ("edit a count", ofRows.EditCount),
            ("delete a count", ofRows.DeleteCount), ("add a count", ofRows.AddCount),
            ("set the checkpoint back", ofRows.LowerCheckpoint), ("edit the checkpoint", ofRows.EditCheckpoint), (
                "set the checkpoint forth", ofRows.RaiseCheckpoint), ("delete the journal", ofRows.DeleteJournal),
            ("edit a line and a row before it", EditRowAndLine), ("delete a row and cut the end", DeleteRowAndCut),
            ("edit line and row alike", EditBothAlike),
        ];
        var (name, change) = all[random.Next(all.Length)];
        Name = name;
        return change();
    }

    private Expected EditRowAndLine()
    {
        var row = random.NextInt64(_lines.First, _lines.Last);
        var line = random.NextInt64(row + 1, _lines.Last + 1);
        scene.Execute($"UPDATE audit_events SET message = message || '!' WHERE seq = {row}");
        var (segment, at) = _lines.Locate(line);
        _lines.Segments[segment][at] = _lines.Segments[segment][at].Replace("\"message\":\"", "\"message\":\"!", StringComparison.Ordinal);
        _lines.Save();
        return BrokenLine(line, row);
    }

    private Expected DeleteRowAndCut()
    {
        var row = random.NextInt64(_lines.First, _lines.Last);
        scene.Execute($"DELETE FROM audit_events WHERE seq = {row}");
        var (segment, at) = _lines.Locate(_lines.Last);
        _lines.Segments[segment].RemoveAt(at);
        _lines.Save();
        return Truncated(_lines.Last) with { Row = row };
    }

    /// <summary>
    /// As somebody does who can write both: without keys, nobody could detect it if all later hashes were computed again as well.
    /// </summary>
    private Expected EditBothAlike()
    {
        var line = _lines.AnyLine();
        var (segment, at) = _lines.Locate(line);
        _lines.Segments[segment][at] = _lines.Segments[segment][at].Replace("\"message\":\"", "\"message\":\"!", StringComparison.Ordinal);
        _lines.Save();
        scene.Execute($"UPDATE audit_events SET message = '!' || message WHERE seq = {line}");
        return BrokenLine(line);
    }
}
