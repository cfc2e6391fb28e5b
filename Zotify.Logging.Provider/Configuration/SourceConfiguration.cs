using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Zotify.Logging.Configuration;

/// <summary>
/// Reads <c>Zotify:Sources</c>. A source with a name is another process whose system log is merged into the stream. A source without one,
/// of which there is at most one, makes this process a sidecar: it reads that application's logs instead of its own, because a
/// verification proves one chain. Events and jobs of all instances come from the database they share.
/// </summary>
internal static class SourceConfiguration
{
    /// <summary>The section.</summary>
    public const string Section = "Zotify:Sources";

    /// <summary>The most sources, so that the cursor of a stream stays short enough for a header.</summary>
    public const int MaxSources = 100;

    /// <summary>Whether this process is a sidecar: a source is configured, and one has no name.</summary>
    public static bool HasSidecar(IConfiguration? configuration) =>
        IsPresent(configuration)
        && configuration!.GetSection(Section).GetChildren().Any(source => !source.GetSection(nameof(SourceOptions.Name)).Exists());

    /// <summary>Returns the sources, or this process's own logs alone.</summary>
    /// <param name="configuration">The configuration of the application, where it has one.</param>
    /// <param name="own">This process's own logs.</param>
    /// <param name="contentRoot">The directory that a relative directory is relative to.</param>
    /// <exception cref="OptionsValidationException">It is not valid; every key is named with its full path.</exception>
    public static LogSources Read(IConfiguration? configuration, LogSource own, string contentRoot)
    {
        if (!IsPresent(configuration)) return new LogSources(own, []);
        var section = configuration!.GetSection(Section);
        string[] errors = [.. ConfigurationCheck.FindIn(section, typeof(List<SourceOptions>), Section)];
        if (errors.Length > 0) throw Invalid(errors);
        var sources = section.GetChildren().Select(source => (Section: source, Options: Bound(source))).ToArray();
        errors = [.. new SourceCheck(own, contentRoot).Find(sources)];
        if (errors.Length > 0) throw Invalid(errors);
        var primary = sources.Select(source => source.Options).FirstOrDefault(source => source.Name is null) is { } sidecar
            ? SidecarOf(sidecar, contentRoot)
            : own;
        return new LogSources(primary, [.. sources.Select(source => source.Options)
            .Where(source => source.Name is not null).Select(source => MergedOf(source, contentRoot))]);
    }

    /// <summary>The absolute path of a source's directory.</summary>
    public static string DirectoryOf(SourceOptions options, string contentRoot) =>
        Path.GetFullPath(Path.Combine(contentRoot, options.Directory!));

    private static bool IsPresent(IConfiguration? configuration) =>
        configuration?.GetSection(Section) is { } section && (section.GetChildren().Any() || section.Value is { Length: > 0 });

    private static SourceOptions Bound(IConfigurationSection source)
    {
        var options = new SourceOptions();
        OptionsBinder.Bind(source, options, typeof(SourceOptions));
        return options;
    }

    private static OptionsValidationException Invalid(string[] errors) => new(Section, typeof(SourceOptions), errors);

    private static LogSource SidecarOf(SourceOptions options, string contentRoot) => new(
        DirectoryOf(options, contentRoot), options.SystemPath, options.AuditPath, options.JobsPath, options.Instance, IsSidecar: true);

    private static MergedSource MergedOf(SourceOptions options, string contentRoot) => options.Directory is null
        ? new MergedSource(options.Name!, null, SourceUrl.Parse(options.Url!, out _), options.ApiKey)
        : new MergedSource(options.Name!, Path.Combine(DirectoryOf(options, contentRoot), options.SystemPath), null, null);
}
