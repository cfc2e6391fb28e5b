using System.ComponentModel.DataAnnotations;
using Zotify.Logging.Configuration;

namespace Zotify.Logging.Handlers;

/// <summary>The options of <see cref="DatabaseJobLogHandler"/>, under <c>Logging:Zotify:Handlers:Jobs</c>.</summary>
public sealed class DatabaseJobLogHandlerOptions : LogHandlerOptions
{
    /// <summary>Sets the defaults that differ from other handlers'.</summary>
    public DatabaseJobLogHandlerOptions()
    {
        ScopeKey = "job_id";
        Overflow = OverflowMode.Wait;
    }

    /// <summary>The active file, below the log directory. Takes effect at the next start.</summary>
    [RestartOnly]
    [LogFileName(Kind = LogFileKind.Journal)]
    public string Path { get; set; } = "job_logs.json";

    /// <summary>The longest time that a record waits for its fsync. Changes at run time.</summary>
    [TimeSpanRange("00:00:00", "00:01:00")]
    public TimeSpan FlushInterval { get; set; } = TimeSpan.FromMilliseconds(10);

    /// <summary>The size in bytes at which the file is rolled. Changes at run time.</summary>
    [Range(1024, long.MaxValue)]
    public long MaxFileSize { get; set; } = 64 * 1024 * 1024;

    /// <summary>
    /// How long the tables keep an entry, and a job after its last entry; <see langword="null"/> means for ever. Without a
    /// database, how long the journal's files are kept. Changes at run time.
    /// </summary>
    [TimeSpanRange("00:00:01", "36500.00:00:00")]
    public TimeSpan? RetainedAge { get; set; } = TimeSpan.FromDays(30);

    internal override bool HeedsOverrides => true;
}
