using System.ComponentModel.DataAnnotations;

namespace Zotify.Logging.Configuration;

/// <summary>
/// The directory and files of another process, under <c>Zotify:Sources:0</c>. The file names are those in that process's configuration.
/// </summary>
internal sealed class SourceOptions
{
    /// <summary>The log directory of the other process, relative to the content root of this one. It may be created later.</summary>
    [Required(ErrorMessage = "the log directory of the application is expected: its Logging:Zotify:Directory, from here")]
    public string? Directory { get; set; }

    /// <summary>Its name, <c>Logging:Zotify:Instance</c>. Where it is not given, it is read from the other process's audit log.</summary>
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
