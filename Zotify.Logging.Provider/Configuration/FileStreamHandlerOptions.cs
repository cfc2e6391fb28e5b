using System.ComponentModel.DataAnnotations;
using Zotify.Logging.Configuration;

namespace Zotify.Logging.Handlers;

/// <summary>The options of <see cref="FileStreamHandler"/>, under <c>Logging:Zotify:Handlers:System</c>.</summary>
public sealed class FileStreamHandlerOptions : LogHandlerOptions
{
    /// <summary>The active file, below the log directory; a sub-folder is created. Takes effect at the next start.</summary>
    [LogFileName]
    [RestartOnly]
    public string Path { get; set; } = "zotify_api.log";

    /// <summary>How a record is written. Takes effect at the next start: it decides what log calls capture.</summary>
    [EnumDataType(typeof(SystemLogFormat))]
    [RestartOnly]
    public SystemLogFormat Format { get; set; }

    /// <summary>
    /// The largest size of a file in bytes: a record that would make it larger goes to the next file. Only a single record beyond this size
    /// makes a larger file. Changes at run time.
    /// </summary>
    [Range(1024, long.MaxValue)]
    public long MaxFileSize { get; set; } = 64 * 1024 * 1024;

    /// <summary>
    /// How many rolled files are kept in addition to the active one; the oldest are deleted first. At least one, so that a reader can
    /// finish a file that was just rolled. Changes at run time.
    /// </summary>
    [Range(1, 100_000)]
    public int RetainedFiles { get; set; } = 10;

    /// <summary>
    /// The ring, off by default: keeps lines below the log's level in memory, separately for each trace and job, and writes them when an
    /// error is logged in that trace or job.
    /// </summary>
    [Required]
    public RingOptions Ring { get; set; } = new();

    internal override bool HeedsOverrides => true;

    internal override RingOptions? ActiveRing => Ring is { Enabled: true } ring ? ring : null;
}
