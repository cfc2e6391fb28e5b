using System.ComponentModel.DataAnnotations;
using Zotify.Logging.Provider.Dispatch;

namespace Zotify.Logging.Provider.Handlers.System;

/// <summary>The options of <see cref="FileStreamHandler"/>, under <c>Logging:Zotify:Handlers:System</c>.</summary>
public sealed class FileStreamHandlerOptions : LogHandlerOptions
{
    /// <summary>The active file, below the log directory. Takes effect at the next start.</summary>
    [RestartOnly]
    [LogFileName]
    public string Path { get; set; } = "zotify_api.log";

    /// <summary>The size in bytes that the file does not exceed, but for a single larger line. Changes at run time.</summary>
    [Range(1024, long.MaxValue)]
    public long MaxFileSize { get; set; } = 64 * 1024 * 1024;

    /// <summary>How many rolled files are kept beside the active one. Changes at run time.</summary>
    [Range(0, 100_000)]
    public int RetainedFiles { get; set; } = 10;
}
