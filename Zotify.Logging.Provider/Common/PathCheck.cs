namespace Zotify.Logging.Common;

/// <summary>
/// Looks whether something has a name. <see cref="File.Exists"/> answers "no" to every failure of the system: a journal that could
/// not be looked at for a moment would be taken for a new one, and its numbers would begin again.
/// </summary>
internal static class PathCheck
{
    /// <summary>Whether a file or a directory has the path.</summary>
    /// <exception cref="IOException">The system cannot tell.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not look.</exception>
    public static bool Exists(string path)
    {
        try
        {
            _ = File.GetAttributes(path);
            return true;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
    }
}
