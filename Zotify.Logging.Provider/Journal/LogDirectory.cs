using System.Globalization;
using System.Text;
using Zotify.Logging.Common;

namespace Zotify.Logging.Journal;

/// <summary>The directory that only this process writes. Opened once, by its first user. Thread-safe.</summary>
/// <param name="path">The absolute path.</param>
/// <param name="owner">This process's name for <c>zotify.owner</c>, so that a second process can name the holder of the lock.</param>
/// <param name="time">The clock of the owner file.</param>
internal sealed class LogDirectory(string path, string owner, TimeProvider time) : IDisposable
{
    /// <summary>A separate file: a lock on a log would shut out its readers.</summary>
    private const string LockName = "zotify.lock";
    private const string OwnerName = "zotify.owner";

    /// <summary>The names that the directory itself needs, whatever is logged.</summary>
    public static IReadOnlyList<string> Names { get; } = [LockName, OwnerName, OwnerName + ".new"];

    private readonly Lock _gate = new();
    private FileStream? _lock;

    /// <summary>The absolute path.</summary>
    public string Path { get; } = path;

    /// <summary>Creates the directory where it is missing, and locks it, once. The system frees a dead holder's lock.</summary>
    /// <exception cref="LogDirectoryException">The directory cannot be written, or another process holds it.</exception>
    public void Open()
    {
        lock (_gate)
        {
            if (_lock is not null) return;
            try
            {
                OwnFile.CreateDirectory(Path);
                _lock = Take();
                OwnFile.Replace(
                    FilePath(OwnerName),
                    Encoding.UTF8.GetBytes(string.Create(
                        CultureInfo.InvariantCulture,
                        $"{owner}, process {Environment.ProcessId}, since {time.GetUtcNow():yyyy-MM-dd'T'HH:mm:ss'Z'}\n")));
            }
            catch (Exception exception) when (exception is IOException and not LogDirectoryException or UnauthorizedAccessException)
            {
                _lock?.Dispose();
                _lock = null;
                throw new LogDirectoryException(
                    $"Logging:Zotify:Directory: '{Path}' cannot be written ({exception.Message}); "
                    + "name a directory that this user may write.", exception);
            }
        }
    }

    /// <summary>The absolute path of a file of this directory.</summary>
    public string FilePath(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>
    /// What the last holder of a directory wrote about itself; <see langword="null"/> where there was none, or it cannot be read.
    /// </summary>
    public static string? ReadOwner(string directory)
    {
        try
        {
            return File.ReadAllText(System.IO.Path.Combine(directory, OwnerName)).Trim();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Frees the lock.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _lock?.Dispose();
            _lock = null;
        }
    }

    private FileStream Take()
    {
        var file = FilePath(LockName);
        try
        {
            return OwnFile.OpenOrCreate(file, FileShare.None, unlinks: true);
        }
        catch (IOException exception) when (File.Exists(file) && exception is not (DirectoryNotFoundException or PathTooLongException))
        {
            throw new LogDirectoryException(
                $"Logging:Zotify:Directory: '{Path}' is written by another process ({Holder()}); "
                + "give each process a directory of its own.", exception);
        }
    }

    private string Holder() => ReadOwner(Path) ?? "unknown";
}
