using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Zotify.Logging.Common;

/// <summary>
/// Flushes files to the disk; throws where that fails. .NET's own <c>FlushToDisk</c> and <c>Flush(true)</c> never report a failed fsync on
/// Unix, so they are banned. Thread-safe.
/// </summary>
internal static class DiskFlush
{
    /// <summary>O_RDONLY, the same on every Unix.</summary>
    private const int ReadOnly = 0;

    /// <summary>F_FULLFSYNC of macOS, whose fsync leaves the bytes in the drive's cache.</summary>
    private const int FullFsync = 51;

    /// <summary>
    /// Returns when the file's bytes and length are on the disk. Its timestamps may not be: fdatasync, where the system has it, saves that
    /// write.
    /// </summary>
    /// <param name="file">The file, open for writing.</param>
    /// <param name="path">Its path, for the message.</param>
    /// <exception cref="IOException">
    /// The system could not write them. It may have dropped them: a second call could falsely report success.
    /// </exception>
    public static void Data(SafeFileHandle file, string path)
    {
        if (OperatingSystem.IsWindows()) FlushOnWindows(file);
        else if (OperatingSystem.IsLinux()) Run("fdatasync", static file => UnixCalls.Fdatasync(file), file, path);
        // A file system that is not on a local drive may not support F_FULLFSYNC.
        else if (!OperatingSystem.IsMacOS() || UnixCalls.Fcntl(file, FullFsync) == -1)
            Run("fsync", static file => UnixCalls.Fsync(file), file, path);
    }

    /// <summary>Flushes the stream's buffer, then <see cref="Data(SafeFileHandle, string)"/>.</summary>
    /// <exception cref="IOException">The system could not write them.</exception>
    public static void Data(FileStream file)
    {
        file.Flush();
        Data(file.SafeFileHandle, file.Name);
    }

    /// <summary>
    /// Returns when the names in the directory are on the disk. Call it after a file was created, renamed or deleted: a power failure may
    /// lose a name that was not flushed, and the file with it. Does nothing on Windows, which needs no such call.
    /// </summary>
    /// <exception cref="IOException">The system could not write them, or the file system does not support it.</exception>
    public static void Names(string directory)
    {
        if (OperatingSystem.IsWindows()) return;
        using var handle = new SafeFileHandle(Open(directory), ownsHandle: true);
        Run("fsync", static handle => UnixCalls.Fsync(handle), handle, directory);
    }

    private static int Open(string directory)
    {
        while (true)
        {
            if (UnixCalls.Open(directory, ReadOnly) is >= 0 and var descriptor) return descriptor;
            if (Marshal.GetLastPInvokeError() != UnixCalls.Interrupted) throw Failure("open", directory);
        }
    }

    private static void Run(string name, Func<SafeFileHandle, int> call, SafeFileHandle file, string path)
    {
        while (call(file) != 0)
        {
            if (Marshal.GetLastPInvokeError() != UnixCalls.Interrupted) throw Failure(name, path);
        }
    }

    private static IOException Failure(string call, string path)
    {
        var error = Marshal.GetLastPInvokeError();
        return new IOException($"{call} of '{path}' failed: {Marshal.GetPInvokeErrorMessage(error)} (errno {error})", error);
    }

    /// <summary>The one exception to the ban: on Windows, .NET reports a failed flush.</summary>
#pragma warning disable RS0030
    private static void FlushOnWindows(SafeFileHandle file) => RandomAccess.FlushToDisk(file);
#pragma warning restore RS0030
}
