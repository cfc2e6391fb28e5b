using Zotify.Logging.Provider.Journal;

namespace Zotify.Logging.Tests.Journal;

/// <summary>A real segment that fails when it is told to, after half of a write.</summary>
internal sealed class FaultyFile(string path) : IJournalFile
{
    private readonly SegmentFile _file = SegmentFile.Open(path);
    private int _flushes;

    public bool FailWrites { get; set; }

    public bool FailFlushes { get; set; }

    public bool FailCuts { get; set; }

    public int Flushes => Volatile.Read(ref _flushes);

    public ManualResetEventSlim FlushGate { get; } = new(initialState: true);

    public long Length => _file.Length;

    public void Write(ReadOnlySpan<byte> bytes, long offset)
    {
        if (!FailWrites)
        {
            _file.Write(bytes, offset);
            return;
        }

        _file.Write(bytes[..(bytes.Length / 2)], offset);
        throw new IOException("No space left on device");
    }

    public void SetLength(long length)
    {
        if (FailCuts) throw new IOException("Input/output error");
        _file.SetLength(length);
    }

    public void FlushToDisk()
    {
        FlushGate.Wait();
        Interlocked.Increment(ref _flushes);
        if (FailFlushes) throw new IOException("Input/output error");
        _file.FlushToDisk();
    }

    public void Dispose()
    {
        _file.Dispose();
        FlushGate.Dispose();
    }
}
