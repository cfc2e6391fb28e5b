using Zotify.Logging.Journal;

namespace Zotify.Logging.Tests.Journal;

/// <summary>Real files on a disk whose writes, cuts and flushes can be made to fail or to wait.</summary>
internal sealed class FaultyDisk
{
    private int _flushes;
    private int _writes;

    public bool FailOpen { get; set; }

    public bool FailWrite { get; set; }

    public bool FailCut { get; set; }

    public bool FailFlush { get; set; }

    /// <summary>How many of the next flushes fail.</summary>
    public int FailFlushes { get; set; }

    /// <summary>How many writes began.</summary>
    public int Writes => Volatile.Read(ref _writes);

    /// <summary>How many flushes began.</summary>
    public int Flushes => Volatile.Read(ref _flushes);

    /// <summary>A flush waits until it is set, but not for ever: a test that fails before it sets it must end.</summary>
    public ManualResetEventSlim FlushGate { get; } = new(initialState: true);

    /// <summary>Completes when a flush began.</summary>
    public SemaphoreSlim FlushBegan { get; } = new(0);

    /// <summary>Called right after a file was opened.</summary>
    public Action AfterOpen { get; set; } = () => { };

    /// <summary>Called right after the path of a file was checked.</summary>
    public Action AfterLook { get; set; } = () => { };

    public IJournalFile Open(string path)
    {
        if (FailOpen) throw new IOException("Too many open files");
        var file = SegmentFile.Open(path);
        AfterOpen();
        return new FaultyFile(this, file);
    }

    public void BeforeWrite() => Interlocked.Increment(ref _writes);

    public void BeforeFlush()
    {
        Interlocked.Increment(ref _flushes);
        FlushBegan.Release();
        FlushGate.Wait(TimeSpan.FromMinutes(1));
        if (FailFlush || FailFlushes-- > 0) throw new IOException("Input/output error");
    }
}
