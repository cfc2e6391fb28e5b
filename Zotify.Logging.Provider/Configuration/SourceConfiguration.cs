using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Zotify.Logging.Configuration;

/// <summary>
/// Reads <c>Zotify:Sources</c>: the application whose logs this process reads as a sidecar. Its own logs go into its own directory. There
/// is at most one source, because a live stream reads one directory's files, and a verification proves one chain. Events and jobs of all
/// instances come from the database they share, whichever of them is the source.
/// </summary>
internal static class SourceConfiguration
{
    /// <summary>The section.</summary>
    public const string Section = "Zotify:Sources";

    /// <summary>Whether a source is configured.</summary>
    public static bool IsPresent(IConfiguration? configuration) =>
        configuration?.GetSection(Section) is { } section && (section.GetChildren().Any() || section.Value is { Length: > 0 });

    /// <summary>Returns the source, or this process's own logs.</summary>
    /// <param name="configuration">The configuration of the application, where it has one.</param>
    /// <param name="own">This process's own logs.</param>
    /// <param name="contentRoot">The directory that a relative directory is relative to.</param>
    /// <exception cref="OptionsValidationException">It is not valid; every key is named with its full path.</exception>
    public static LogSource Read(IConfiguration? configuration, LogSource own, string contentRoot)
    {
        if (!IsPresent(configuration)) return own;
        var section = configuration!.GetSection(Section);
        string[] errors = [.. ConfigurationCheck.FindIn(section, typeof(List<SourceOptions>), Section)];
        if (errors.Length > 0) throw Invalid(errors);
        var sources = section.GetChildren().ToArray();
        var options = new SourceOptions();
        OptionsBinder.Bind(sources[0], options, typeof(SourceOptions));
        errors =
        [
            .. Errors(sources[0], options, own, contentRoot),
            .. sources.Skip(1).Select(source => $"{source.Path}: one source can be read; run a web process for each application: "
                + "each answers for the events and jobs of all that share the database"),
        ];
        if (errors.Length > 0) throw Invalid(errors);
        var directory = Absolute(options, contentRoot);
        return new LogSource(directory, options.SystemPath, options.AuditPath, options.JobsPath, options.Instance, IsSidecar: true);
    }

    private static OptionsValidationException Invalid(string[] errors) => new(Section, typeof(SourceOptions), errors);

    private static string Absolute(SourceOptions options, string contentRoot) =>
        Path.GetFullPath(Path.Combine(contentRoot, options.Directory!));

    private static IEnumerable<string> Errors(IConfigurationSection source, SourceOptions options, LogSource own, string contentRoot)
    {
        foreach (var result in Annotations.ErrorsOf(options, typeof(SourceOptions)))
        {
            var name = result.MemberNames.First();
            yield return $"{source.Path}:{name}: '{source[name]}': {result.ErrorMessage}";
        }

        if (options.Instance == own.Instance)
        {
            yield return $"{source.Path}:{nameof(options.Instance)}: '{options.Instance}': this process has the same name; "
                + $"give it another by {ConfigurationKeys.Full(nameof(options.Instance))}";
        }

        if (string.IsNullOrWhiteSpace(options.Directory)) yield break;
        var directory = $"{source.Path}:{nameof(options.Directory)}: '{options.Directory}'";
        if (WhyUnreadable(Absolute(options, contentRoot)) is { } why) yield return $"{directory}: {why}";
        // Neither may write into the other's files.
        var way = Path.GetRelativePath(Absolute(options, contentRoot), own.Directory);
        if (way != ".." && !way.StartsWith($"..{Path.DirectorySeparatorChar}", StringComparison.Ordinal) && !Path.IsPathRooted(way))
        {
            yield return $"{directory}: this process's own directory, {ConfigurationKeys.Full(nameof(options.Directory))}, is there; "
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
