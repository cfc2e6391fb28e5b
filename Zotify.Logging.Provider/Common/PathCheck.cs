namespace Zotify.Logging.Common;

/// <summary>
/// Checks what a path leads to. <see cref="File.Exists"/> returns false for every failure of the system. A journal that cannot be examined
/// for a moment would seem to be new, and its numbers would begin again.
/// </summary>
internal static class PathCheck
{
    /// <summary>Whether the path is a file.</summary>
    /// <exception cref="IOException">The system call failed.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not examine the path.</exception>
    public static bool IsFile(string path) => AttributesOf(path) is { } attributes && !attributes.HasFlag(FileAttributes.Directory);

    /// <summary>Whether the path is a directory.</summary>
    /// <inheritdoc cref="IsFile" path="/exception"/>
    public static bool IsDirectory(string path) => AttributesOf(path) is { } attributes && attributes.HasFlag(FileAttributes.Directory);

    private static FileAttributes? AttributesOf(string path)
    {
        try
        {
            return File.GetAttributes(path);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }
}
