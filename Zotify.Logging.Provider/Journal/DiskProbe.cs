using Zotify.Logging.Common;

namespace Zotify.Logging.Journal;

/// <summary>Finds out whether a disk accepts bytes again, without writing into a log.</summary>
internal static class DiskProbe
{
    private const int Size = 4 * 1024;

    /// <summary>Writes, flushes and deletes a small file next to the log.</summary>
    /// <exception cref="IOException">The disk accepts no bytes.</exception>
    /// <exception cref="UnauthorizedAccessException">The directory cannot be written.</exception>
    public static void Run(string logPath)
    {
        var path = logPath + SideFiles.Probe;
        try
        {
            using var file = OwnFile.Create(path);
            file.Write(new byte[Size]);
            DiskFlush.Data(file);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
