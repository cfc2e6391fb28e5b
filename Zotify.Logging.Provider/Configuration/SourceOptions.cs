using System.ComponentModel.DataAnnotations;

namespace Zotify.Logging.Configuration;

/// <summary>
/// Another process, under <c>Zotify:Sources:0</c> and on. With a <see cref="Name"/>, its system log is merged into the stream, read from
/// its directory or from its endpoints. Without one, this process is its sidecar. The file names are those in that process's configuration.
/// </summary>
internal sealed class SourceOptions
{
    /// <summary>The log directory of the other process, relative to the content root of this one. It may be created later.</summary>
    [StringLength(1_000, MinimumLength = 1)]
    public string? Directory { get; set; }

    /// <summary>Its name in the merged stream, best its own <c>Logging:Zotify:Instance</c>.</summary>
    [StringLength(64, MinimumLength = 1)]
    public string? Name { get; set; }

    /// <summary>The address of the other process, up to where its <c>/api/logs</c> begins.</summary>
    public string? Url { get; set; }

    /// <summary>A key of the other process with the scope <c>logs:system</c>.</summary>
    public string? ApiKey { get; set; }

    /// <summary>
    /// The name of a sidecar's application, <c>Logging:Zotify:Instance</c>. Where it is not given, it is read from the other process's
    /// audit log.
    /// </summary>
    [StringLength(64, MinimumLength = 1)]
    public string? Instance { get; set; }

    /// <summary>The active file of its system log.</summary>
    [LogFileName(ErrorMessage = FileName)]
    public string SystemPath { get; set; } = "zotify_api.log";

    /// <summary>The active file of its audit log.</summary>
    [LogFileName(ErrorMessage = FileName)]
    public string AuditPath { get; set; } = "audit.log.json";

    /// <summary>The active file of its job journal.</summary>
    [LogFileName(ErrorMessage = FileName)]
    public string JobsPath { get; set; } = "job_logs.json";

    private const string FileName = "a file name, or a path below the source's directory, is expected";
}
