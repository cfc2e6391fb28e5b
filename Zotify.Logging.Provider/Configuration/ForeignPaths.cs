using System.Data.Common;

namespace Zotify.Logging.Configuration;

/// <summary>
/// Finds paths that look like those of another system or of a shell. On this system they would be oddly named folders in the content root.
/// They are allowed, so they are reported and not refused.
/// </summary>
internal static class ForeignPaths
{
    private static readonly string[] FileKeywords = ["Data Source", "DataSource", "Filename"];

    /// <summary>Returns one message for each such path, with its full key.</summary>
    public static IEnumerable<string> Find(ZotifyLoggingOptions options)
    {
        if (Why(options.Directory) is { } directory)
            yield return $"{ConfigurationKeys.Full(nameof(options.Directory))}: '{options.Directory}' {directory}";
        var connection = new DbConnectionStringBuilder { ConnectionString = options.Database.ConnectionString };
        var file = FileKeywords.Select(keyword => connection.TryGetValue(keyword, out var value) ? value as string : null)
            .FirstOrDefault(value => value is not null);
        if (file is not null && Why(file) is { } data)
            yield return $"{ConfigurationKeys.Full("Database:ConnectionString")}: Data Source '{file}' {data}";
    }

    private static string? Why(string path)
    {
        if (path.StartsWith('~'))
            return "begins with ~, which only a shell replaces: it is a folder of that name; write the home directory in full";
        if (!OperatingSystem.IsWindows() && path.Contains('\\', StringComparison.Ordinal))
            return "holds a backslash, which is a letter of a name on this system; write it with /";
        return !OperatingSystem.IsWindows() && path is [>= 'A' and <= 'Z' or >= 'a' and <= 'z', ':', ..]
            ? "is a path of Windows: on this system it is a folder of that name; write it as this system does"
            : null;
    }
}
