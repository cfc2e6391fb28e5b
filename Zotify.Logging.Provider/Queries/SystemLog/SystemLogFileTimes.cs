using System.Collections.Concurrent;

namespace Zotify.Logging.Queries;

/// <summary>
/// Tells which rolled files have nothing of a time or later, so that a query with a start reads only the others. A line is written after
/// its time, so a file that was last written before a time has no line of that time. That also holds for the old lines that a ring writes
/// late. It does not hold after a clock was ahead: therefore lines from all over the file must be older, too. Thread-safe.
/// </summary>
internal sealed class SystemLogFileTimes
{
    private const int MostKnown = 10_000;

    private const int Samples = 16;
    private const int SampleSize = 4 * 1024;

    /// <summary>The clock of the file system may be another one than that of the lines.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(1);

    // A rolled file does not change any more: it is sampled once.
    private readonly ConcurrentDictionary<(string Path, DateTime Written, long Length), DateTimeOffset?> _newest = new();

    /// <summary>Whether a rolled file has nothing of a time or later. A file that does not exist has nothing.</summary>
    public bool IsBefore(string path, DateTimeOffset time)
    {
        var file = new FileInfo(path);
        if (!file.Exists) return true;
        if (time.UtcDateTime - file.LastWriteTimeUtc < Tolerance) return false;
        var key = (path, file.LastWriteTimeUtc, file.Length);
        if (!_newest.TryGetValue(key, out var newest))
        {
            if (_newest.Count >= MostKnown) _newest.Clear();
            _newest[key] = newest = NewestOf(path);
        }

        return newest < time;
    }

    /// <summary>The newest time in the samples of a file; <see langword="null"/> where they have none.</summary>
    private static DateTimeOffset? NewestOf(string path)
    {
        using var file = SystemLogFile.TryOpen(path);
        if (file is null) return null;
        var buffer = new byte[SampleSize];
        var length = file.Length;
        DateTimeOffset? newest = null;
        if (length <= Samples * SampleSize) Array.Resize(ref buffer, (int)length);
        var last = length - buffer.Length;
        for (var i = 0; i < Samples; i++)
        {
            // The first sample is the file's beginning, and the last one its end.
            var offset = last * i / (Samples - 1);
            var sample = buffer.AsSpan(0, file.Read(buffer, offset));
            if (offset > 0) sample = sample[(sample.IndexOf((byte)'\n') + 1)..];
            var time = NewestOf(sample);
            if (!(newest >= time)) newest = time ?? newest;
            if (last == 0) break;
        }

        return newest;
    }

    private static DateTimeOffset? NewestOf(ReadOnlySpan<byte> lines)
    {
        DateTimeOffset? newest = null;
        foreach (var line in lines.Split((byte)'\n'))
        {
            if (SystemLineParser.TimeOf(lines[line]) is { } time && !(newest >= time)) newest = time;
        }

        return newest;
    }
}
