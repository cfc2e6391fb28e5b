namespace Zotify.Logging.Tests.Support;

/// <summary>Reads a file that somebody may be writing, or rename or delete meanwhile.</summary>
internal static class LiveFile
{
    /// <summary>Its present text.</summary>
    /// <exception cref="IOException">There is no such file.</exception>
    public static string Text(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(file);
        return reader.ReadToEnd();
    }

    /// <summary>Its present lines that are not empty; the last one may not be whole.</summary>
    /// <exception cref="IOException">There is no such file.</exception>
    public static string[] Lines(string path) => Text(path).Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
