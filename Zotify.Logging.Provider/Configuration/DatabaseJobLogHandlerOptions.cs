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

    /// <summary>
    /// By job type, how long a running job may log nothing: after that it is shown as <c>stalled</c>. A key is a type (<c>import</c>), or a
    /// pattern with * at its end (<c>sync.*</c>, <c>*</c>); a type wins over a pattern, and a longer pattern over a shorter one. Empty
    /// means that no job is stalled by its silence. Changes at run time.
    /// </summary>
    public IDictionary<string, TimeSpan> SilentAfter { get; } = new Dictionary<string, TimeSpan>(StringComparer.Ordinal);

    /// <summary>
    /// By job type, how often a job of it should run: if none has logged anything for so long, the type is reported as overdue. A key is a
    /// type, or a pattern with * at its end, which any job of its types satisfies. Changes at run time.
    /// </summary>
    public IDictionary<string, TimeSpan> ExpectedEvery { get; } = new Dictionary<string, TimeSpan>(StringComparer.Ordinal);

    /// <summary>
    /// How long after its instance was last seen a running job is ended as <c>interrupted</c>, by any instance over the database. Changes
    /// at run time.
    /// </summary>
    [TimeSpanRange("00:01:00", "36500.00:00:00")]
    public TimeSpan AbandonedAfter { get; set; } = TimeSpan.FromMinutes(10);

    internal override bool HeedsOverrides => true;
}
