using Zotify.Logging.Common;

namespace Zotify.Logging.Journal;

/// <summary>The names of a journal's segments in their folder. Renames files to them.</summary>
/// <param name="path">The absolute path of the active segment.</param>
internal sealed class SegmentFolder(string path)
{
    private readonly string _folder = Path.GetDirectoryName(path)!;

    /// <summary>The path of the active segment.</summary>
    public string Active { get; } = path;

    /// <summary>The path of a segment without a durable line, until another segment has its lines.</summary>
    public string Void { get; } = path + SideFiles.Void;

    /// <summary>The path of a copy that is not whole yet.</summary>
    public string Restoring { get; } = path + SideFiles.Restoring;

    /// <summary>The path of the segment that begins with this number, once it is rolled.</summary>
    public string Rolled(long firstSeq) => Path.Combine(_folder, SegmentNames.Rolled(Path.GetFileName(Active), firstSeq));

    /// <summary>Creates the folder where somebody deleted it.</summary>
    public void Create() => OwnFile.CreateDirectory(_folder);

    /// <summary>Renames the file that has the first name, whichever it is.</summary>
    public static void Rename(string from, string to)
    {
        MoveAside(to);
        File.Move(from, to, overwrite: true);
    }

    /// <summary>
    /// Renames another program's file, or a symbolic link, that has a name of the journal. It is not destroyed, and must not stop the
    /// journal.
    /// </summary>
    public static void MoveAside(string path)
    {
        if (FileIdentity.OfName(path) is not null) File.Move(path, path + SideFiles.Replaced, overwrite: true);
    }

    /// <summary>Returns when the names are on the disk.</summary>
    public void FlushNames() => DiskFlush.Names(_folder);
}
