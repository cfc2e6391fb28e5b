using System.Text;

namespace Zotify.Logging.Tests.Support;

/// <summary>Reads and changes a file that somebody may be writing, or rename or delete meanwhile.</summary>
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

    /// <summary>Overwrites the first place of a text in it with another text, as somebody does who changes a log behind the library's back.</summary>
    /// <exception cref="IOException">There is no such file.</exception>
    public static void Overwrite(string path, string text, string other)
    {
        var at = Encoding.UTF8.GetBytes(Text(path)).AsSpan().IndexOf(Encoding.UTF8.GetBytes(text));
        Assert.IsGreaterThan(0, at);
        using var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        file.Position = at;
        file.Write(Encoding.UTF8.GetBytes(other));
    }
}
