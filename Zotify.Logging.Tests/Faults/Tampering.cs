namespace Zotify.Logging.Tests.Faults;

/// <summary>Takes something away from an audit log behind the program's back: verification must not call that valid.</summary>
internal static class Tampering
{
    /// <summary>Removes or changes something, and returns what.</summary>
    public static string Do(string directory, Random random)
    {
        var files = JournalCopy.Files(directory).Select(file => file.Path).Where(path => File.ReadLines(path).Any()).ToList();
        switch (random.Next(4))
        {
            case 0:
                File.WriteAllLines(files[^1], File.ReadAllLines(files[^1])[..^1]);
                return "without its last line";
            case 1:
                var path = files[random.Next(files.Count)];
                var lines = File.ReadAllLines(path);
                var at = random.Next(lines.Length);
                File.WriteAllLines(path, lines.Where((_, i) => i != at));
                return $"without a line of {Path.GetFileName(path)}";
            case 2:
                var gone = files[random.Next(files.Count)];
                File.Delete(gone);
                return $"without {Path.GetFileName(gone)}";
            default:
                var changed = files[random.Next(files.Count)];
                File.WriteAllText(changed, File.ReadAllText(changed).Replace("\"level\":\"Information\"", "\"level\":\"Warning\"", StringComparison.Ordinal));
                return $"with another level in {Path.GetFileName(changed)}";
        }
    }
}
