using Microsoft.Extensions.Configuration;

namespace Zotify.Logging.Configuration;

/// <summary>Finds what is wrong with sources. Every message names the full key, the value and the fix, and none shows a key.</summary>
/// <param name="own">This process's own logs.</param>
/// <param name="contentRoot">The directory that a relative directory is relative to.</param>
internal sealed class SourceCheck(LogSource own, string contentRoot)
{
    /// <summary>Returns every error.</summary>
    public IEnumerable<string> Find((IConfigurationSection Section, SourceOptions Options)[] sources)
    {
        if (sources.Length > SourceConfiguration.MaxSources)
            yield return $"{SourceConfiguration.Section}: {sources.Length} sources; at most {SourceConfiguration.MaxSources} can be read";
        foreach (var (section, options) in sources)
        {
            foreach (var error in Errors(section, options)) yield return error;
        }

        foreach (var error in SidecarErrors(sources).Concat(NameErrors(sources))) yield return error;
    }

    private static IEnumerable<string> SidecarErrors((IConfigurationSection Section, SourceOptions Options)[] sources)
    {
        var unnamed = sources.Where(source => source.Options is { Name: null, Directory: not null }).ToArray();
        foreach (var (section, _) in unnamed.Skip(1))
        {
            yield return $"{section.Path}: one source can be read without a {nameof(SourceOptions.Name)}, by a sidecar; "
                + $"give this one a {nameof(SourceOptions.Name)} to merge its system log into the stream";
        }

        if (unnamed is [var (sidecar, options), ..] && options.Instance is null && sources.Length > unnamed.Length)
        {
            yield return $"{sidecar.Path}:{nameof(SourceOptions.Instance)}: it is expected where other sources have names: "
                + "it is the instance of the lines of this one";
        }
    }

    private IEnumerable<string> NameErrors((IConfigurationSection Section, SourceOptions Options)[] sources)
    {
        var known = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (section, options) in sources)
        {
            var (key, name) = options.Name is null ? (nameof(options.Instance), options.Instance) : (nameof(options.Name), options.Name);
            if (name is null) continue;
            if (string.Equals(name, own.Instance, StringComparison.OrdinalIgnoreCase))
            {
                yield return $"{section.Path}:{key}: '{name}': this process has the same name; "
                    + $"give it another by {ConfigurationKeys.Full("Instance")}";
            }

            if (!known.TryAdd(name, section.Path))
                yield return $"{section.Path}:{key}: '{name}': {known[name]} has the same name; give each source another name";
        }
    }

    private IEnumerable<string> Errors(IConfigurationSection source, SourceOptions options)
    {
        foreach (var result in Annotations.ErrorsOf(options, typeof(SourceOptions)))
        {
            var name = result.MemberNames.First();
            yield return $"{source.Path}:{name}: '{source[name]}': {result.ErrorMessage}";
        }

        if (options.Name is { } named && named.Any(char.IsControl))
            yield return $"{source.Path}:{nameof(options.Name)}: '{named}': it holds a control character; use letters, digits and signs";
        if (options is { Url: not null, Directory: not null })
        {
            yield return $"{source.Path}: it has a {nameof(options.Directory)} and a {nameof(options.Url)}; keep the one by which this "
                + "process is to read it";
        }
        else if (options.Url is { } url)
        {
            foreach (var error in UrlErrors(source, options, url)) yield return error;
        }
        else
        {
            foreach (var error in DirectoryErrors(source, options)) yield return error;
        }
    }

    private static IEnumerable<string> UrlErrors(IConfigurationSection source, SourceOptions options, string url)
    {
        if (options.Name is null)
        {
            yield return $"{source.Path}:{nameof(options.Name)}: a name is expected for a source with a {nameof(options.Url)}; "
                + "use the other process's Logging:Zotify:Instance";
        }

        if (SourceUrl.Parse(url, out var error) is null)
            yield return $"{source.Path}:{nameof(options.Url)}: '{SourceUrl.WithoutSecrets(url)}': {error}";
        if (options.ApiKey is { } key && !key.All(letter => letter is > ' ' and < '\x7f' || (letter == ' ' && key.Trim() == key)))
        {
            yield return $"{source.Path}:{nameof(options.ApiKey)}: it holds characters that no header may have; use the key as the other "
                + "instance's command api-key printed it";
        }
    }

    private IEnumerable<string> DirectoryErrors(IConfigurationSection source, SourceOptions options)
    {
        if (options.ApiKey is not null)
            yield return $"{source.Path}:{nameof(options.ApiKey)}: a key is used only with a {nameof(options.Url)}; remove it";
        if (string.IsNullOrWhiteSpace(options.Directory))
        {
            yield return $"{source.Path}:{nameof(options.Directory)}: '{options.Directory}': the log directory of the other process is "
                + $"expected, its Logging:Zotify:Directory, from here; or {nameof(options.Url)}, the address of its endpoints";
            yield break;
        }

        var path = SourceConfiguration.DirectoryOf(options, contentRoot);
        var directory = $"{source.Path}:{nameof(options.Directory)}: '{options.Directory}'";
        if (WhyUnreadable(path) is { } why) yield return $"{directory}: {why}";
        // Neither may write into the other's files.
        var way = Path.GetRelativePath(path, own.Directory);
        if (way != ".." && !way.StartsWith($"..{Path.DirectorySeparatorChar}", StringComparison.Ordinal) && !Path.IsPathRooted(way))
        {
            yield return $"{directory}: this process's own directory, {ConfigurationKeys.Full("Directory")}, is there; "
                + "give it one elsewhere";
        }
    }

    /// <summary>Why an existing directory cannot be read. A missing one may be created later.</summary>
    private static string? WhyUnreadable(string directory)
    {
        if (File.Exists(directory)) return "a directory is expected, not a file";
        try
        {
            _ = Directory.Exists(directory) && Directory.EnumerateFileSystemEntries(directory).Any();
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return $"it cannot be read ({exception.Message}); let this program's user read it";
        }
    }
}
