using System.Globalization;

namespace Zotify.Logging.Provider.Journal;

/// <summary>Names of rolled log files, apart from any I/O: <c>zotify_api.log</c> is rolled to <c>zotify_api.000001.log</c>, and so on.</summary>
internal static class RolledNames
{
    /// <summary>The name of the rolled file of a number.</summary>
    public static string Of(string active, long number)
    {
        var extension = Path.GetExtension(active);
        return string.Create(CultureInfo.InvariantCulture, $"{active[..^extension.Length]}.{number:D6}{extension}");
    }

    /// <summary>Reads the number from the name of a rolled file.</summary>
    public static bool TryParse(string active, string name, out long number)
    {
        var extension = Path.GetExtension(active);
        var prefix = active[..^extension.Length] + ".";
        number = 0;
        return name.Length >= prefix.Length + 6 + extension.Length
            && name.StartsWith(prefix, StringComparison.Ordinal)
            && name.EndsWith(extension, StringComparison.Ordinal)
            && long.TryParse(name.AsSpan(prefix.Length, name.Length - prefix.Length - extension.Length), NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }

    /// <summary>The rolled files beside an active one, oldest first.</summary>
    public static List<(long Number, string Path)> Find(string activePath)
    {
        var files = new List<(long Number, string Path)>();
        var directory = Path.GetDirectoryName(activePath)!;
        if (!Directory.Exists(directory)) return files;
        foreach (var path in Directory.EnumerateFiles(directory))
        {
            if (TryParse(Path.GetFileName(activePath), Path.GetFileName(path), out var number)) files.Add((number, path));
        }

        files.Sort();
        return files;
    }
}
