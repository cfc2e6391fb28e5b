namespace Zotify.Logging.Common;

/// <summary>
/// Looks what has a name. <see cref="File.Exists"/> answers "no" to every failure of the system: a journal that could not be looked
/// at for a moment would be taken for a new one, and its numbers would begin again.
/// </summary>
internal static class PathCheck
{
    /// <summary>Whether a file has the path.</summary>
    /// <exception cref="IOException">The system cannot tell.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not look.</exception>
    public static bool IsFile(string path) => AttributesOf(path) is { } attributes && !attributes.HasFlag(FileAttributes.Directory);

    /// <summary>Whether a directory has the path.</summary>
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
