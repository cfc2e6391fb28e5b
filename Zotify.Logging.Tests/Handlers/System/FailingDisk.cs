using Microsoft.Win32.SafeHandles;

namespace Zotify.Logging.Tests.Handlers.System;

/// <summary>A disk that is full at one of the writes, after half of it.</summary>
internal sealed class FailingDisk
{
    private int _writes;

    /// <summary>The number of the write that fails, from 1.</summary>
    public int FailAt { get; init; }

    public void Append(SafeFileHandle file, ReadOnlySpan<byte> bytes, long offset)
    {
        var fails = ++_writes == FailAt;
        RandomAccess.Write(file, fails ? bytes[..(bytes.Length / 2)] : bytes, offset);
        if (fails) throw new IOException("No space left on device");
    }
}
