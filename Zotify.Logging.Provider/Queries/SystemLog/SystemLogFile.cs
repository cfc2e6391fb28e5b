using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace Zotify.Logging.Provider.Queries.SystemLog;

/// <summary>A file of the system log, open for reading: it stays readable when it is renamed or deleted. Not thread-safe.</summary>
internal sealed class SystemLogFile : IDisposable
{
    private const int HashDigits = 16;

    /// <summary>As much of the first line as is looked at, in bytes: its time alone makes it unique.</summary>
    private const int FirstLineLimit = 64 * 1024;

    private readonly SafeFileHandle _file;

    private SystemLogFile(SafeFileHandle file, string? identity)
    {
        _file = file;
        Identity = identity;
    }

    /// <summary>The hash of the first line; <see langword="null"/> while there is none.</summary>
    public string? Identity { get; }

    /// <summary>The length in bytes.</summary>
    public long Length => RandomAccess.GetLength(_file);

    /// <summary>Opens a file; <see langword="null"/> where it is gone.</summary>
    public static SystemLogFile? Open(string path)
    {
        try
        {
            var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return new SystemLogFile(file, IdentityOf(file));
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>The position of an offset in this file.</summary>
    public SystemLogPosition At(long offset) => Identity is null ? SystemLogPosition.Start : new SystemLogPosition(Identity, offset);

    /// <summary>Reads bytes at an offset; fewer at the end of the file.</summary>
    public int Read(Span<byte> bytes, long offset)
    {
        var total = 0;
        while (total < bytes.Length && RandomAccess.Read(_file, bytes[total..], offset + total) is > 0 and var read) total += read;
        return total;
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static string? IdentityOf(SafeFileHandle file)
    {
        var first = new byte[512];
        while (true)
        {
            var read = RandomAccess.Read(file, first, 0);
            var end = first.AsSpan(0, read).IndexOf((byte)'\n');
            if (end < 0 && read == first.Length && read < FirstLineLimit)
            {
                Array.Resize(ref first, first.Length * 2);
                continue;
            }

            if (end < 0 && read < FirstLineLimit) return null;
            return Convert.ToHexStringLower(SHA256.HashData(first.AsSpan(0, end < 0 ? read : end)))[..HashDigits];
        }
    }
}
