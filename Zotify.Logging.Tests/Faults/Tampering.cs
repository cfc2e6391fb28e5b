namespace Zotify.Logging.Tests.Faults;

/// <summary>Takes an event away from an audit log behind the program's back: verification must not call that valid.</summary>
internal static class Tampering
{
    // What the log says of its own end may not be in the database, and then nobody misses it.
    private const string OfUser = "\"event_type\":\"user.login\"";

    /// <summary>Removes or changes something, and returns what; <see langword="null"/> where there is no event.</summary>
    public static string? Do(string directory, Random random)
    {
        var all = JournalCopy.Files(directory).Select(file => file.Path).ToList();
        var files = all.Where(path => File.ReadAllText(path).Contains(OfUser, StringComparison.Ordinal)).ToList();
        if (files.Count == 0) return null;
        var path = files[random.Next(files.Count)];
        var lines = File.ReadAllLines(path).ToList();
        var at = random.Next(lines.Count(IsOfUser));
        var line = lines.Where(IsOfUser).ElementAt(at);
        switch (random.Next(4))
        {
            case 0:
                foreach (var later in all.SkipWhile(file => file != path).Skip(1)) File.Delete(later);
                File.WriteAllLines(path, lines.TakeWhile(other => other != line));
                return $"without line {JournalCopy.SeqOf(line)} and all that follow";
            case 1:
                lines.Remove(line);
                File.WriteAllLines(path, lines);
                return $"without line {JournalCopy.SeqOf(line)}";
            case 2:
                File.Delete(path);
                return $"without {Path.GetFileName(path)}";
            default:
                lines[lines.IndexOf(line)] = line.Replace("\"u1\"", "\"u2\"", StringComparison.Ordinal);
                File.WriteAllLines(path, lines);
                return $"with another user in line {JournalCopy.SeqOf(line)}";
        }
    }

    private static bool IsOfUser(string line) => line.Contains(OfUser, StringComparison.Ordinal);
}
