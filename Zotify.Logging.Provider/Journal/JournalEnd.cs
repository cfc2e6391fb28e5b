using System.Text.Json;
using Zotify.Logging.Common;

namespace Zotify.Logging.Journal;

/// <summary>The last whole line of a journal that has a number, as another process sees it while the journal is being written.</summary>
/// <param name="Seq">The number.</param>
/// <param name="Line">The line, without its end.</param>
internal readonly record struct JournalEnd(long Seq, byte[] Line)
{
    private const int MaxAttempts = 10;

    /// <summary>
    /// Finds the end; <see langword="null"/> where there is no journal, or no line in it. Locks nothing and changes nothing.
    /// </summary>
    /// <exception cref="IOException">The files cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The files may not be read.</exception>
    public static JournalEnd? Find(string journalPath)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                if (!PathCheck.IsDirectory(Path.GetDirectoryName(journalPath)!)) return null;
                if (PathCheck.IsFile(journalPath) && OfSegment(journalPath) is { } active) return active;
                // List the rolled segments after reading the active one: if it was rolled meanwhile, it is among them.
                return Segment.Rolled(journalPath).AsEnumerable().Reverse()
                    .Select(segment => OfSegment(segment.Path)).FirstOrDefault(end => end is not null);
            }
            catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException && attempt < MaxAttempts)
            {
                // The segment was renamed, or deleted by retention, between listing and opening.
            }
        }
    }

    /// <summary>The name of the process that wrote the last line; empty where there is no line, or it has none.</summary>
    /// <inheritdoc cref="Find" path="/exception"/>
    public static string InstanceOf(string journalPath)
    {
        if (Find(journalPath) is not { } end) return "";
        // A line that has a number is a JSON object.
        var instance = JsonElement.Parse(end.Line).TryGetProperty("instance", out var value) ? value : default;
        return instance.ValueKind == JsonValueKind.String ? instance.GetString()! : "";
    }

    /// <summary>The time of the last line; <see langword="null"/> where there is none, or the files cannot be read.</summary>
    public static DateTimeOffset? NewestTime(string journalPath)
    {
        try
        {
            OwnFile.EnsureFile(journalPath);
            return Find(journalPath) is { } end ? LineTime.Of(end.Line) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Another handler's unreadable journal must not keep this one from starting. Its own journal is opened next.
            return null;
        }
    }

    /// <summary>The last whole line of a segment that has a number; <see langword="null"/> where there is none.</summary>
    public static JournalEnd? OfSegment(string path)
    {
        var offset = EndOfLines(path);
        while (SegmentReader.LineBefore(path, offset) is { } line)
        {
            if (LineFacts.TryRead(line.Bytes, out var facts)) return new JournalEnd(facts.Seq, line.Bytes);
            offset = line.Start;
        }

        return null;
    }

    /// <summary>The offset after the last whole line. Bytes after it are being written, or were torn by a crash.</summary>
    private static long EndOfLines(string path)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        return LineEnds.Last(file, RandomAccess.GetLength(file));
    }
}
