using Zotify.Logging.Formats;

namespace Zotify.Logging.Handlers;

/// <summary>The rolled files of an active file. Every member reads the folder. Thread-safe.</summary>
/// <param name="activePath">The absolute path of the active file.</param>
internal sealed class RolledFiles(string activePath)
{
    private readonly string _folder = Path.GetDirectoryName(activePath)!;
    private readonly RolledNames _names = new(Path.GetFileName(activePath));

    /// <summary>The absolute path of the file with a number.</summary>
    public string PathOf(long number) => Path.Combine(_folder, _names.Of(number));

    /// <summary>The newest number; 0 where there is none.</summary>
    public long LastNumber() => Numbers() is [.., var last] ? last : 0;

    /// <summary>The numbers of the rolled files, oldest first.</summary>
    public IReadOnlyList<long> Numbers()
    {
        try
        {
            var numbers = new List<long>();
            foreach (var path in Directory.EnumerateFileSystemEntries(_folder, _names.Pattern))
            {
                if (_names.NumberOf(Path.GetFileName(path)) is { } number) numbers.Add(number);
            }

            numbers.Sort();
            return numbers;
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
    }
}
