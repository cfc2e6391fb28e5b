namespace Zotify.Logging.Provider.Journal;

/// <summary>Finds out whether a disk takes bytes again, without writing into a log.</summary>
internal static class DiskProbe
{
    private const int Size = 4 * 1024;

    /// <summary>Writes, flushes and deletes a small file beside the log.</summary>
    /// <exception cref="IOException">The disk takes none.</exception>
    /// <exception cref="UnauthorizedAccessException">The directory cannot be written.</exception>
    public static void Run(string logPath)
    {
        using var file = new FileStream($"{logPath}.probe", FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
        file.Write(new byte[Size]);
        file.Flush(flushToDisk: true);
    }
}
