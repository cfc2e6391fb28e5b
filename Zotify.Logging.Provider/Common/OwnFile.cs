using System.Runtime.InteropServices;

namespace Zotify.Logging.Common;

/// <summary>
/// Opens files whose names belong to the library. Only owner and group may read them (0640, less with a stricter umask). Never follows a
/// symbolic link that somebody planted at the name. Thread-safe.
/// </summary>
internal static class OwnFile
{
    /// <summary>EROFS, the same on every Unix; also the <see cref="Exception.HResult"/> of its exception.</summary>
    public const int ReadOnlyFileSystem = 30;

    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;
    private const string NewExtension = ".new";

    /// <summary>Somebody who creates and deletes files all the time must not keep this process busy for ever.</summary>
    private const int MaxAttempts = 10;

    /// <summary>
    /// Opens a file for reading and writing, without a buffer, or creates it. An existing file loses excess permissions.
    /// </summary>
    /// <param name="path">The absolute path.</param>
    /// <param name="share">How others may open it meanwhile.</param>
    /// <param name="unlinks">Whether to delete a symbolic link at the name; otherwise it is an error.</param>
    /// <exception cref="IOException">It cannot be opened, or is a symbolic link.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be opened.</exception>
    public static FileStream OpenOrCreate(string path, FileShare share = FileShare.ReadWrite | FileShare.Delete, bool unlinks = false)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                if (FileIdentity.OfName(path) is null) return Open(path, FileMode.CreateNew, share);
                if (IsLink(path) && unlinks) File.Delete(path);
                if (TryOpenExisting(path, share) is { } file) return file;
            }
            // Somebody else created or deleted it after the check.
            catch (IOException exception) when (attempt < MaxAttempts && (exception is FileNotFoundException || IsThere(exception)))
            {
            }
        }
    }

    /// <summary>
    /// Makes sure that a name is free or belongs to a regular file. Call it before a file is opened for reading: opening a pipe for reading
    /// waits for its writer, for ever.
    /// </summary>
    /// <exception cref="IOException">It is a symbolic link, a pipe, a device or a directory.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be opened, or is a directory.</exception>
    public static void EnsureFile(string path)
    {
        if (FileIdentity.OfName(path) is not null) OpenOrCreate(path).Dispose();
    }

    /// <summary>Creates a file for writing. Deletes whatever has its name first, even a symbolic link.</summary>
    /// <exception cref="IOException">It cannot be created.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be created.</exception>
    public static FileStream Create(string path, FileShare share = FileShare.Read | FileShare.Delete)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                File.Delete(path);
                return Open(path, FileMode.CreateNew, share);
            }
            catch (IOException exception) when (attempt < MaxAttempts && IsThere(exception))
            {
                // Somebody else created it after the deletion.
            }
        }
    }

    /// <summary>Replaces the content of a file. After a crash, the file has the old content or the new one, never a part.</summary>
    /// <exception cref="IOException">It cannot be written. The file is unchanged.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static void Replace(string path, ReadOnlySpan<byte> content)
    {
        using (var file = Create(path + NewExtension))
        {
            file.Write(content);
            DiskFlush.Data(file);
        }

        File.Move(path + NewExtension, path, overwrite: true);
        DiskFlush.Names(Path.GetDirectoryName(path)!);
    }

    /// <summary>
    /// Gives a file that is on the disk its final name, unless another file has that name. Then both files keep their names.
    /// </summary>
    /// <exception cref="IOException">The file cannot be named.</exception>
    public static void MoveNew(string path, string name)
    {
        // A rename would replace a file that another process created a moment before. But some file systems have no links.
        if (OperatingSystem.IsWindows() || UnixCalls.Link(path, name) != 0)
        {
            if (FileIdentity.OfName(name) is not null) return;
            File.Move(path, name, overwrite: false);
        }

        DiskFlush.Names(Path.GetDirectoryName(name)!);
    }

    /// <summary>Creates a directory and its missing parents, for their owner and group only (0750).</summary>
    /// <exception cref="IOException">It cannot be created.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be created.</exception>
    public static void CreateDirectory(string path)
    {
        if (Directory.Exists(path)) return;
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
            return;
        }

        if (Path.GetDirectoryName(path) is { Length: > 0 } parent) CreateDirectory(parent);
        Directory.CreateDirectory(path, Mode | UnixFileMode.UserExecute | UnixFileMode.GroupExecute);
    }

    /// <summary>
    /// Removes excess permissions, such as an older version left; adds none. Does not open the file: closing it would release SQLite's
    /// locks. Does not touch a symbolic link or another user's file.
    /// </summary>
    public static void Tighten(string path)
    {
        if (OperatingSystem.IsWindows()) return;
        try
        {
            if (IsLink(path) || !File.Exists(path)) return;
            var mode = File.GetUnixFileMode(path);
            if ((mode & ~Mode) != 0) File.SetUnixFileMode(path, mode & Mode);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It is gone, or belongs to another user.
        }
    }

    /// <summary>
    /// Makes sure that this user may read and write an existing file. Does not open it, for the reason of <see cref="Tighten"/>.
    /// </summary>
    /// <exception cref="UnauthorizedAccessException">The user may not, or the file system is mounted read-only.</exception>
    public static void EnsureWritable(string path)
    {
        const int ReadAndWrite = 4 | 2;
        if (OperatingSystem.IsWindows() || UnixCalls.Access(path, ReadAndWrite) == 0) return;
        var error = Marshal.GetLastPInvokeError();
        if (error is NotPermitted or NotAllowed or ReadOnlyFileSystem)
        {
            throw new UnauthorizedAccessException(
                $"'{path}' cannot be read and written by this user: {Marshal.GetPInvokeErrorMessage(error)}");
        }
    }

    /// <summary>Whether the name is a symbolic link.</summary>
    public static bool IsLink(string path) => new FileInfo(path).LinkTarget is not null;

    private static FileStream? TryOpenExisting(string path, FileShare share)
    {
        if (IsLink(path))
        {
            throw new IOException(
                $"'{path}' is a symbolic link; only the directory may be one: move the file to its place, or link the directory");
        }

        var file = Open(path, FileMode.Open, share);
        // The name may have become a link after the check.
        if (FileIdentity.OfName(path) == FileIdentity.Of(file.SafeFileHandle))
        {
            Tighten(path);
            return file;
        }

        file.Dispose();
        throw new FileNotFoundException($"'{path}' was replaced while it was opened", path);
    }

    private static FileStream Open(string path, FileMode mode, FileShare share)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = share, BufferSize = 0 };
        if (mode == FileMode.CreateNew && !OperatingSystem.IsWindows()) options.UnixCreateMode = Mode;
        var file = new FileStream(path, options);
        if (file.CanSeek) return file;
        file.Dispose();
        throw new IOException($"'{path}' is a pipe or a device; a log is a file: remove it, or name another file");
    }

    private static bool IsThere(IOException exception) => exception.HResult is AlreadyExistsOnUnix or AlreadyExistsOnWindows;

    /// <summary>EPERM and EACCES, the same on every Unix.</summary>
    private const int NotPermitted = 1;
    private const int NotAllowed = 13;

    /// <summary>EEXIST, the same on every Unix.</summary>
    private const int AlreadyExistsOnUnix = 17;

    /// <summary>ERROR_FILE_EXISTS as an HRESULT.</summary>
    private const int AlreadyExistsOnWindows = unchecked((int)0x80070050);
}
