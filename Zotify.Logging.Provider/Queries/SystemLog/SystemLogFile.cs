using System.Buffers;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace Zotify.Logging.Queries;

/// <summary>
/// A file of the system log, kept open, so that it can be read to its end even after it was renamed or deleted. Only files with a whole
/// first line are opened: before that there is nothing to read, and no identity.
/// </summary>
internal sealed class SystemLogFile : IDisposable
{
    /// <summary>The length of <see cref="Identity"/>.</summary>
    public const int IdentityLength = 16;

    /// <summary>How many bytes of a very long first line count for the identity.</summary>
    private const int MaxFirstLine = 64 * 1024;

    private readonly SafeFileHandle _handle;

    private SystemLogFile(SafeFileHandle handle, string identity)
    {
        _handle = handle;
        Identity = identity;
    }

    /// <summary>The first hex digits of the SHA-256 of the first line.</summary>
    public string Identity { get; private set; }

    /// <summary>The number that it was rolled to; for the active file, the number that it will get.</summary>
    public long Number { get; set; }

    /// <summary>The size in bytes.</summary>
    public long Length => RandomAccess.GetLength(_handle);

    /// <summary>Opens a file; <see langword="null"/> if there is none, or it has no whole line.</summary>
    public static SystemLogFile? TryOpen(string path)
    {
        try
        {
            var handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (Identify(handle) is { } identity) return new SystemLogFile(handle, identity);
            handle.Dispose();
            return null;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Reads at an offset; 0 at the end.</summary>
    public int Read(Span<byte> buffer, long offset) => RandomAccess.Read(_handle, buffer, offset);

    /// <summary>
    /// Whether the file still has the bytes that were read up to <paramref name="offset"/>: nobody truncated it, or truncated and rewrote
    /// it.
    /// </summary>
    public bool IsIntact(long offset) => Length >= offset && Identify(_handle) == Identity;

    /// <summary>Whether an entry can start at <paramref name="offset"/>.</summary>
    public bool IsLineStart(long offset)
    {
        if (offset == 0) return true;
        Span<byte> before = stackalloc byte[1];
        return Read(before, offset - 1) == 1 && before[0] == (byte)'\n';
    }

    /// <summary>The offset after the last whole line before <paramref name="end"/>.</summary>
    public long EndOfLines(long end)
    {
        var block = ArrayPool<byte>.Shared.Rent(MaxFirstLine);
        try
        {
            while (end > 0)
            {
                var start = Math.Max(0, end - block.Length);
                var newline = block.AsSpan(0, Read(block.AsSpan(0, (int)(end - start)), start)).LastIndexOf((byte)'\n');
                if (newline >= 0) return start + newline + 1;
                end = start;
            }

            return 0;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }
    }

    /// <summary>Removes its identity, so that no cursor finds it: it was truncated, and has another log now.</summary>
    public void DropIdentity() => Identity = "";

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();

    private static string? Identify(SafeFileHandle handle)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(MaxFirstLine);
        try
        {
            var length = 0;
            while (length < MaxFirstLine)
            {
                // Lines are short: one kilobyte contains the first line of nearly every file.
                var most = length == 0 ? 1024 : MaxFirstLine - length;
                var read = RandomAccess.Read(handle, buffer.AsSpan(length, most), length);
                if (read == 0) return null;
                var newline = buffer.AsSpan(length, read).IndexOf((byte)'\n');
                length += newline >= 0 ? newline + 1 : read;
                if (newline >= 0) break;
            }

            return Convert.ToHexStringLower(SHA256.HashData(buffer.AsSpan(0, length)))[..IdentityLength];
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
