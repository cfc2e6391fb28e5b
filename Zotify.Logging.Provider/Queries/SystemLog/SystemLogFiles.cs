using Zotify.Logging.Provider.Journal;

namespace Zotify.Logging.Provider.Queries.SystemLog;

/// <summary>The files of the system log as they are at one moment, oldest first, the active one last.</summary>
/// <param name="Paths">Each with the number it was rolled with; the active one has none.</param>
internal sealed record SystemLogFiles(IReadOnlyList<(long? Number, string Path)> Paths)
{
    /// <summary>Looks them up.</summary>
    public static SystemLogFiles Find(string activePath)
    {
        // The active one last, and looked for after the others: one that is rolled in between is found twice, never missed.
        var rolled = RolledNames.Find(activePath);
        var paths = rolled.Select(file => ((long?)file.Number, file.Path)).ToList();
        if (File.Exists(activePath)) paths.Add((null, activePath));
        return new SystemLogFiles(paths);
    }

    /// <summary>Where the file of the identity is; -1 where it is gone.</summary>
    public int IndexOf(string identity)
    {
        // From the newest: that is where readers are.
        for (var i = Paths.Count - 1; i >= 0; i--)
        {
            using var file = SystemLogFile.Open(Paths[i].Path);
            if (file?.Identity == identity) return i;
        }

        return -1;
    }
}
