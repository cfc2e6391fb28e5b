using System.Text;
using Zotify.Logging.Tests.Journal.Verification;
using static Zotify.Logging.Tests.Queries.Audit.Verification.Expected;

namespace Zotify.Logging.Tests.Queries.Audit.Verification;

/// <summary>Random changes of an audit log's lines and segments, and the expected result of a verification.</summary>
/// <param name="scene">The log.</param>
/// <param name="lines">The lines of its files.</param>
/// <param name="random">Chooses the change.</param>
internal sealed class LineTampering(AuditScene scene, SceneLines lines, Random random)
{
    public Expected EditLine()
    {
        var line = lines.AnyLine();
        var (segment, at) = lines.Locate(line);
        var text = lines.Segments[segment][at];
        var position = random.Next(1, text.IndexOf("\"seq\"", StringComparison.Ordinal));
        var changed = new StringBuilder(text) { [position] = text[position] == 'x' ? 'y' : 'x' }.ToString();
        lines.Segments[segment][at] = changed;
        lines.Save();
        return BrokenLine(line);
    }

    public Expected DeleteLine()
    {
        var line = lines.AnyLine();
        var (segment, at) = lines.Locate(line);
        lines.Segments[segment].RemoveAt(at);
        lines.Save();
        return line == lines.Last ? Truncated(line) : BrokenLine(line);
    }

    public Expected CopyLine()
    {
        var (line, place) = (lines.AnyLine(), lines.AnyLine());
        var (segment, at) = lines.Locate(place);
        // The line before the active file, copied to its beginning, looks like the result of a failed flush.
        if (line == place - 1 && at == 0) line = place;
        lines.Segments[segment].Insert(at, lines.Line(line));
        lines.Save();
        return BrokenLine(line == place ? place + 1 : place);
    }

    public Expected SwapLines()
    {
        var (one, other) = (random.NextInt64(lines.First, lines.Last), 0L);
        other = random.NextInt64(one + 1, lines.Last + 1);
        var (a, b) = (lines.Locate(one), lines.Locate(other));
        (lines.Segments[a.Segment][a.At], lines.Segments[b.Segment][b.At]) = (lines.Segments[b.Segment][b.At], lines.Segments[a.Segment][a.At]);
        lines.Save();
        return BrokenLine(one);
    }

    public Expected CutEnd()
    {
        var line = lines.AnyLine();
        var (segment, at) = lines.Locate(line);
        lines.Segments[segment].RemoveRange(at, lines.Segments[segment].Count - at);
        lines.Save();
        foreach (var path in lines.Paths.Skip(lines.Segments[segment].Count == 0 ? segment : segment + 1)) File.Delete(path);
        return Truncated(line);
    }

    public Expected DeleteFile()
    {
        var segment = random.Next(lines.Paths.Length);
        var first = AuditScene.NumberOf(lines.Segments[segment][0]);
        File.Delete(lines.Paths[segment]);
        return segment == lines.Paths.Length - 1 ? Truncated(first) : BrokenLine(first);
    }

    public Expected DeleteFiles()
    {
        foreach (var path in lines.Paths) File.Delete(path);
        if (random.Next(2) == 0) File.Delete(scene.Files.IdFile);
        return Truncated(lines.First);
    }

    public Expected AddJunk()
    {
        var segment = random.Next(lines.Paths.Length);
        string[] junk = ["garbage", "{}", "{\"event_type\":\"user.login\",\"message\":\"no number\"}", ""];
        File.AppendAllText(lines.Paths[segment], junk[random.Next(junk.Length)] + "\n");
        return BrokenLine(AuditScene.NumberOf(lines.Segments[segment][^1]) + 1);
    }

    public Expected RenameFile()
    {
        var segment = random.Next(1, lines.Paths.Length - 1);
        var first = AuditScene.NumberOf(lines.Segments[segment][0]);
        var later = AuditScene.NumberOf(lines.Segments[segment + 1][0]);
        File.Move(lines.Paths[segment], Path.Combine(scene.Root, $"audit.log.{later + 1:D20}.json"));
        return BrokenLine(first);
    }

    public Expected Rewrite()
    {
        var from = random.NextInt64(lines.First + 1, lines.Last + 1);
        var previous = Forger.HashOf(lines.Line(from - 1));
        var contents = lines.Segments.SelectMany(lines => lines)
            .Skip((int)(from - lines.First)).Select(line => Forger.Content(line).Replace("Information", "Warning", StringComparison.Ordinal));
        var rewritten = Forger.Seal(contents, previous);
        for (var line = from; line <= lines.Last; line++) lines.Segments[lines.Locate(line).Segment][lines.Locate(line).At] = rewritten[line - from];
        lines.Save();
        return BrokenLine(from);
    }

    public Expected ForgeLine()
    {
        var segment = random.Next(lines.Paths.Length - 1);
        var last = lines.Segments[segment][^1];
        var next = AuditScene.NumberOf(last) + 1;
        var forged = Forger.Content(last).Replace($"\"seq\":{next - 1}", $"\"seq\":{next}", StringComparison.Ordinal);
        File.AppendAllText(lines.Paths[segment], Forger.Seal([forged], Forger.HashOf(last))[0] + "\n");
        return BrokenLine(next);
    }
}
