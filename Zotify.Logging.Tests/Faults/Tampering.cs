namespace Zotify.Logging.Tests.Faults;

/// <summary>Removes an event from an audit log behind the program's back. Verification must not find that valid.</summary>
internal static class Tampering
{
    // The event of the log's own end may not be in the database, and then nothing shows that it is missing.
    private const string OfUser = "\"event_type\":\"user.login\"";

    /// <summary>Removes or changes something, and returns what; <see langword="null"/> where there is no event.</summary>
    public static string? Do(string directory, Random random)
    {
        var files = JournalCopy.Files(directory).Select(file => (file.Path, Lines: File.ReadAllLines(file.Path).ToList())).ToList();
        // After a failed flush a line is in two files. Without the one, the other counts, and nothing is missing.
        var single = files.SelectMany(file => file.Lines).Where(line => line.Contains(OfUser, StringComparison.Ordinal))
            .GroupBy(line => line).Where(line => line.Count() == 1).Select(line => line.Key).ToList();
        if (single.Count == 0) return null;
        var line = single[random.Next(single.Count)];
        var (path, lines) = files.Single(file => file.Lines.Contains(line));
        var seq = JournalCopy.SeqOf(line);
        switch (random.Next(4))
        {
            case 0:
                foreach (var later in files.SkipWhile(file => file.Path != path).Skip(1)) File.Delete(later.Path);
                File.WriteAllLines(path, lines.TakeWhile(other => other != line));
                return $"without line {seq} and all that follow";
            case 1:
                File.WriteAllLines(path, lines.Where(other => other != line));
                return $"without line {seq}";
            case 2:
                File.Delete(path);
                return $"without {Path.GetFileName(path)}";
            default:
                var changed = line.Replace("\"u1\"", "\"u2\"", StringComparison.Ordinal);
                File.WriteAllLines(path, lines.Select(other => other == line ? changed : other));
                return $"with another user in line {seq}";
        }
    }
}
