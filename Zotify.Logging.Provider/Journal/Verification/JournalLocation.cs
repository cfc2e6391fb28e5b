using Zotify.Logging.Common;

namespace Zotify.Logging.Journal;

/// <summary>The segments to read.</summary>
/// <param name="JournalPath">The absolute path of the active segment, whether it exists or not.</param>
/// <param name="From">The number that the first segment's name states; 0 for all of them.</param>
internal sealed record JournalLocation(string JournalPath, long From = 0)
{
    private const int Digits = 20;

    /// <summary>
    /// Finds the journal in a directory, the journal of an active file, or a journal from a rolled segment on.
    /// </summary>
    /// <param name="path">An absolute path.</param>
    /// <param name="fileName">The journal's name, or path, in a directory.</param>
    /// <exception cref="FileNotFoundException">There is no such file, or no journal in the directory.</exception>
    public static JournalLocation Find(string path, string fileName)
    {
        if (Directory.Exists(path))
        {
            // A copy may have the journal's folder, or only its files.
            string[] names = [fileName, Path.GetFileName(fileName)];
            return names.Select(name => new JournalLocation(Path.Combine(path, name))).FirstOrDefault(HasFiles)
                ?? throw new FileNotFoundException($"'{path}' holds no journal {fileName}; name one of the journal's files.");
        }

        if (!PathCheck.IsFile(path)) throw new FileNotFoundException($"'{path}' is no file and no directory.");
        return OfRolled(path) ?? new JournalLocation(path);
    }

    private static bool HasFiles(JournalLocation location) =>
        PathCheck.IsFile(location.JournalPath)
        || (PathCheck.IsDirectory(Path.GetDirectoryName(location.JournalPath)!) && Segment.Rolled(location.JournalPath).Count > 0);

    private static JournalLocation? OfRolled(string path)
    {
        // audit.log.00000000000000000017.json: the digits are before the extension, after a dot.
        var (name, extension) = (Path.GetFileNameWithoutExtension(path), Path.GetExtension(path));
        if (name.Length <= Digits + 1 || name[^(Digits + 1)] != '.') return null;
        var active = name[..^(Digits + 1)] + extension;
        return SegmentNames.TryParse(active, Path.GetFileName(path), out var firstSeq)
            ? new JournalLocation(Path.Combine(Path.GetDirectoryName(path)!, active), firstSeq)
            : null;
    }
}
