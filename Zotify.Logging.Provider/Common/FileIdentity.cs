using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Zotify.Logging.Common;

/// <summary>
/// Identifies a file independently of its name: by device and inode on Linux, elsewhere by its creation time, which distinguishes files
/// that were created one after the other.
/// </summary>
/// <param name="Device">The device; 0 where the system does not report it.</param>
/// <param name="Number">The number of the inode, or the time of creation in ticks.</param>
internal readonly record struct FileIdentity(ulong Device, ulong Number)
{
    /// <summary>AT_FDCWD: the path is not relative to an open directory.</summary>
    private const int NoDirectory = -100;

    /// <summary>AT_SYMLINK_NOFOLLOW.</summary>
    private const int NoFollow = 0x100;

    /// <summary>AT_EMPTY_PATH: the open file itself.</summary>
    private const int EmptyPath = 0x1000;

    /// <summary>ENOENT and ENOTDIR, the same on every Unix.</summary>
    private static readonly int[] NotThere = [2, 20];

    /// <summary>STATX_INO.</summary>
    private const uint InodeMask = 0x100;

    private static readonly Call? Statx = Choose();

    /// <summary>
    /// Calls statx in the way that this system offers it. Returns <see langword="null"/> where the path leads to nothing.
    /// </summary>
    private delegate FileIdentity? Call(int directory, string path, int flags);

    /// <summary>The identity of an open file.</summary>
    /// <exception cref="IOException">The system call failed.</exception>
    public static FileIdentity Of(SafeFileHandle file)
    {
        if (Statx is null) return OfTime(File.GetCreationTimeUtc(file));
        var isKept = false;
        try
        {
            file.DangerousAddRef(ref isKept);
            return Statx((int)file.DangerousGetHandle(), "", EmptyPath)
                ?? throw new IOException($"statx of an open file failed: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");
        }
        finally
        {
            if (isKept) file.DangerousRelease();
        }
    }

    /// <summary>
    /// The identity of the file that a path leads to, through symbolic links; <see langword="null"/> where it leads to none.
    /// </summary>
    /// <exception cref="IOException">The system call failed.</exception>
    public static FileIdentity? Of(string path)
    {
        if (Statx is not null) return Statx(NoDirectory, path, 0);
        return File.Exists(path) ? OfTime(File.GetCreationTimeUtc(path)) : null;
    }

    /// <summary>
    /// The identity of whatever has this name; of a symbolic link, the link's own. <see langword="null"/> where nothing has the name.
    /// </summary>
    /// <exception cref="IOException">The system call failed.</exception>
    public static FileIdentity? OfName(string path)
    {
        if (Statx is not null) return Statx(NoDirectory, path, NoFollow);
        var info = new FileInfo(path);
        return info.Exists || info.LinkTarget is not null ? OfTime(info.CreationTimeUtc) : null;
    }

    private static FileIdentity OfTime(DateTime created) => new(0, (ulong)created.Ticks);

    private static Call? Choose()
    {
        if (!OperatingSystem.IsLinux()) return null;
        try
        {
            // An old sandbox may forbid the call.
            return Works(OfLibrary) ? OfLibrary : null;
        }
        catch (EntryPointNotFoundException)
        {
            return NumberOfStatx is not null && Works(OfKernel) ? OfKernel : null;
        }
    }

    private static bool Works(Call statx)
    {
        try
        {
            return statx(NoDirectory, "/", 0) is not null;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static FileIdentity? OfLibrary(int directory, string path, int flags) =>
        UnixCalls.Statx(directory, path, flags, InodeMask, out var status) == 0 ? From(status) : NoneOr(path);

    private static FileIdentity? OfKernel(int directory, string path, int flags) =>
        UnixCalls.SyscallStatx(NumberOfStatx!.Value, directory, path, flags, (nint)InodeMask, out var status) == 0
            ? From(status)
            : NoneOr(path);

    /// <summary>
    /// Returns <see langword="null"/> where the path leads to nothing. Any other failure throws: a file that cannot be examined for a
    /// moment must not count as deleted.
    /// </summary>
    /// <exception cref="IOException">The system call failed.</exception>
    private static FileIdentity? NoneOr(string path)
    {
        var error = Marshal.GetLastPInvokeError();
        return NotThere.Contains(error)
            ? null
            : throw new IOException($"statx of '{path}' failed: {Marshal.GetPInvokeErrorMessage(error)}");
    }

    private static FileIdentity From(in UnixCalls.FileStatus status) =>
        new(((ulong)status.DeviceMajor << 32) | status.DeviceMinor, status.Inode);

    private static nint? NumberOfStatx => RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => 332,
        Architecture.Arm64 or Architecture.RiscV64 or Architecture.LoongArch64 => 291,
        _ => null,
    };
}
