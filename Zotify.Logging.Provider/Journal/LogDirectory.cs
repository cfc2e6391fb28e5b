namespace Zotify.Logging.Provider.Journal;

/// <summary>The directory that this process alone writes. Opened once, by whoever needs it first; thread-safe.</summary>
/// <param name="path">The absolute path.</param>
/// <param name="owner">This process's name for <c>zotify.owner</c>, so that a second process can say who holds the lock.</param>
internal sealed class LogDirectory(string path, string owner) : IDisposable
{
    /// <summary>The absolute path.</summary>
    public string Path { get; } = path;

    /// <summary>This process's name, as <c>zotify.owner</c> holds it.</summary>
    public string Owner { get; } = owner;

    /// <summary>Creates the directory where it is missing, and takes the lock, once.</summary>
    /// <exception cref="LogDirectoryException">The directory cannot be written, or another process holds it.</exception>
    public void Open() => throw new NotImplementedException();

    /// <summary>The absolute path of a file of this directory.</summary>
    public string FilePath(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Frees the lock.</summary>
    public void Dispose() => throw new NotImplementedException();
}
