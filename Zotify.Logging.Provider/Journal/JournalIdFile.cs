using System.Text;
using Zotify.Logging.Common;

namespace Zotify.Logging.Journal;

/// <summary>The journal's id (UUIDv7), in a small file next to it: <c>audit.log.json.id</c>.</summary>
internal static class JournalIdFile
{
    /// <summary>Reads the id; <see langword="null"/> where the file is missing or holds none.</summary>
    public static Guid? Read(string journalPath)
    {
        try
        {
            var path = PathOf(journalPath);
            return File.Exists(path) && Guid.TryParse(File.ReadAllText(path).Trim(), out var id) ? id : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Treated as lost: the database recognizes the journal by its lines.
            return null;
        }
    }

    /// <summary>Creates and stores a new id.</summary>
    public static Guid Renew(string journalPath, TimeProvider time)
    {
        var id = Guid.CreateVersion7(time.GetUtcNow());
        Write(journalPath, id);
        return id;
    }

    /// <summary>Stores an id. After a crash, the file holds the old id or the new one, never a part.</summary>
    public static void Write(string journalPath, Guid id) => OwnFile.Replace(PathOf(journalPath), Encoding.ASCII.GetBytes($"{id:D}\n"));

    private static string PathOf(string journalPath) => journalPath + SideFiles.Id;
}
