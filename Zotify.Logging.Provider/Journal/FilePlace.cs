using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace Zotify.Logging.Provider.Journal;

/// <summary>
/// Tells whether a path still leads to the file that was opened by it. On Linux the system keeps the file's present path
/// (<c>/proc/self/fd</c>, proc(5)); elsewhere the time of creation tells files apart.
/// </summary>
internal sealed class FilePlace
{
    private readonly SafeFileHandle _file;
    private readonly string _path;
    private readonly string? _target;

    /// <param name="file">The open file; stays the caller's.</param>
    /// <param name="path">The path that it was opened by just now.</param>
    public FilePlace(SafeFileHandle file, string path)
    {
        _file = file;
        _path = path;
        _target = Target();
    }

    /// <summary>Whether the path leads to the file.</summary>
    public bool IsSame => OperatingSystem.IsLinux()
        ? Target() == _target
        : File.Exists(_path) && File.GetCreationTimeUtc(_path) == File.GetCreationTimeUtc(_file);

    /// <summary>A path that ends with <c> (deleted)</c> after the file was; <see langword="null"/> on a system that does not say.</summary>
    private string? Target() =>
        OperatingSystem.IsLinux() ? new FileInfo(string.Create(CultureInfo.InvariantCulture, $"/proc/self/fd/{_file.DangerousGetHandle()}")).LinkTarget : null;
}
