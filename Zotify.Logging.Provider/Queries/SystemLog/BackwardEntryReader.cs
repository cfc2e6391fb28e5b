using System.Text;

namespace Zotify.Logging.Provider.Queries.SystemLog;

/// <summary>Reads the entries of a file from an offset back to its start, block by block.</summary>
internal static class BackwardEntryReader
{
    private const int BlockSize = 64 * 1024;

    /// <summary>The entries that end at or before <paramref name="end"/>, newest first, each with the offset after it.</summary>
    public static IEnumerable<(string Text, long End)> Read(SystemLogFile file, long end)
    {
        var continuation = new Stack<string>();
        var entryEnd = 0L;
        foreach (var (line, lineEnd) in Lines(file, end))
        {
            if (continuation.Count == 0) entryEnd = lineEnd;
            continuation.Push(line);
            if (line.StartsWith('\t')) continue;
            yield return (string.Join('\n', continuation), entryEnd);
            continuation.Clear();
        }

        if (continuation.Count > 0) yield return (string.Join('\n', continuation), entryEnd);
    }

    private static IEnumerable<(string Line, long End)> Lines(SystemLogFile file, long end)
    {
        var position = end;
        byte[] held = [];
        var whole = false;
        while (position > 0)
        {
            var size = (int)Math.Min(BlockSize, position);
            position -= size;
            var bytes = new byte[size + held.Length];
            if (file.Read(bytes.AsSpan(0, size), position) < size) yield break;
            held.CopyTo(bytes, size);

            var last = bytes.Length - 1;
            if (!whole)
            {
                // A line that is not ended yet is not given out.
                last = bytes.AsSpan().LastIndexOf((byte)'\n');
                whole = last >= 0;
                if (!whole) continue; // Nothing of it is kept: no line ends in it.
            }

            for (int before; (before = bytes.AsSpan(0, last).LastIndexOf((byte)'\n')) >= 0; last = before)
                yield return (Encoding.UTF8.GetString(bytes, before + 1, last - before - 1), position + last + 1);

            held = bytes[..(last + 1)];
        }

        if (whole) yield return (Encoding.UTF8.GetString(held, 0, held.Length - 1), held.Length);
    }
}
