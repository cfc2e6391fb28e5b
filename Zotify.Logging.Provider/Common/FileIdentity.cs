using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Zotify.Logging.Common;

/// <summary>
/// Which file it is, whatever it is called: device and inode on Linux; elsewhere the time of its creation, which tells files
/// apart that are made one after the other.
/// </summary>
/// <param name="Device">The device; 0 where the system does not tell.</param>
/// <param name="Number">The number of the inode, or the time of creation in ticks.</param>
internal readonly record struct FileIdentity(ulong Device, ulong Number)
{
    /// <summary>AT_FDCWD: the path is no path below an open directory.</summary>
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

    /// <summary>A call of statx, in the way that this system has it; <see langword="null"/> where the path leads to nothing.</summary>
    private delegate FileIdentity? Call(int directory, string path, int flags);

    /// <summary>The identity of an open file.</summary>
    /// <exception cref="IOException">The system does not tell.</exception>
    public static FileIdentity Of(SafeFileHandle file)
    {
        if (Statx is null) return OfTime(File.GetCreationTimeUtc(file));
        var isKept = false;
        try
        {
            file.DangerousAddRef(ref isKept);
            return Statx((int)file.DangerousGetHandle(), "", EmptyPath) ?? throw new IOException(string.Create(
                CultureInfo.InvariantCulture, $"statx of an open file failed: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}"));
        }
        finally
        {
            if (isKept) file.DangerousRelease();
        }
    }

    /// <summary>
    /// The identity of the file that a path leads to, through symbolic links; <see langword="null"/> where it leads to none.
    /// </summary>
    /// <exception cref="IOException">The system cannot tell.</exception>
    public static FileIdentity? Of(string path)
    {
        if (Statx is not null) return Statx(NoDirectory, path, 0);
        return File.Exists(path) ? OfTime(File.GetCreationTimeUtc(path)) : null;
    }

    /// <summary>
    /// The identity of what has this name: of a symbolic link, the link's own. <see langword="null"/> where nothing has it.
    /// </summary>
    /// <exception cref="IOException">The system cannot tell.</exception>
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
    /// None, where the path leads to nothing. A file that cannot be looked at for a moment is there all the same: it must not
    /// be taken for deleted.
    /// </summary>
    /// <exception cref="IOException">The system cannot tell.</exception>
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
