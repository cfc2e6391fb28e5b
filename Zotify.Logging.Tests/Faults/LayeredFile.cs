using Zotify.Logging.Journal;

namespace Zotify.Logging.Tests.Faults;

/// <summary>A file of a <see cref="LayeredDisk"/>. Thread-safe.</summary>
/// <param name="disk">The disk.</param>
/// <param name="file">The real file.</param>
/// <param name="path">The path that it was opened by.</param>
/// <param name="before">Its content when it was opened.</param>
internal sealed class LayeredFile(LayeredDisk disk, IJournalFile file, string path, byte[] before) : IJournalFile
{
    private readonly Lock _gate = new();
    private byte[] _durable = before;
    private bool _dropped;

    /// <summary>Its content.</summary>
    public byte[] Content { get; private set; } = before;

    public long Length
    {
        get
        {
            Enter(DiskStep.Length);
            return file.Length;
        }
    }

    public bool IsAt(string name)
    {
        Enter(DiskStep.Place);
        disk.DeleteSometimes(path);
        return file.IsAt(name);
    }

    public void Write(ReadOnlySpan<byte> bytes, long offset)
    {
        var fails = disk.Enter(DiskStep.Write);
        if (fails) bytes = disk.WritesInPart ? bytes[..(bytes.Length * 2 / 3)] : [];
        lock (_gate)
        {
            file.Write(bytes, offset);
            if (!bytes.IsEmpty) Content = [.. Content.AsSpan(0, (int)offset), .. bytes];
        }

        if (fails) throw LayeredDisk.Failure(DiskStep.Write);
    }

    public void SetLength(long length)
    {
        Enter(DiskStep.Cut);
        lock (_gate)
        {
            file.SetLength(length);
            Content = Content[..(int)length];
        }
    }

    public void FlushToDisk()
    {
        byte[] content;
        lock (_gate) content = Content;
        if (disk.Enter(DiskStep.Flush))
        {
            // Bytes that could not be written are dropped: no later flush brings them to the disk.
            _dropped = true;
            throw LayeredDisk.Failure(DiskStep.Flush);
        }

        file.FlushToDisk();
        lock (_gate)
        {
            if (!_dropped) _durable = content;
        }
    }

    public void CopyTo(string to)
    {
        Enter(DiskStep.Copy);
        file.CopyTo(to);
        // The copy is flushed, whatever became of the flushes of this file, and the copy has the name.
        lock (_gate) (_durable, _dropped) = (Content, false);
    }

    /// <summary>The content that is left.</summary>
    public byte[] AfterPowerLoss(Random random) =>
        _dropped || Content.Length <= _durable.Length ? _durable : Content[..random.Next(_durable.Length, Content.Length + 1)];

    public void Dispose() => file.Dispose();

    private void Enter(DiskStep step)
    {
        if (disk.Enter(step)) throw LayeredDisk.Failure(step);
    }
}
