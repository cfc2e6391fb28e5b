using System.ComponentModel.DataAnnotations;
using Zotify.Logging.Configuration;
using Zotify.Logging.Handlers;

namespace Zotify.Logging;

/// <summary>
/// The options of Zotify logging, bound from <c>Logging:Zotify</c>. Code, <c>AddZotify(o => …)</c>, wins over configuration.
/// </summary>
public sealed class ZotifyLoggingOptions
{
    /// <summary>
    /// The directory of logs and journals, relative to the content root. One process writes it, and locks it. Takes effect at the next
    /// start.
    /// </summary>
    [Required]
    [RestartOnly]
    public string Directory { get; set; } = "logs";

    /// <summary>
    /// How long the start waits for another process that has <see cref="Directory"/> locked, before it fails: at most one hour, by default
    /// not at all. Takes effect at the next start.
    /// </summary>
    [RestartOnly]
    [TimeSpanRange("00:00:00", "01:00:00")]
    public TimeSpan LockTimeout { get; set; }

    /// <summary>
    /// The name of this writer, up to 64 characters; by default <c>machine/application</c>. Takes effect at the next start.
    /// </summary>
    [RestartOnly]
    [StringLength(64, MinimumLength = 1)]
    public string? Instance { get; set; }

    /// <summary>
    /// How long a stop may take in all to write the queued records and to project them into the database. Changes at run time.
    /// </summary>
    [TimeSpanRange("00:00:00", "01:00:00")]
    public TimeSpan ShutdownTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The database that gets the journals' records. Takes effect at the next start.</summary>
    public DatabaseOptions Database { get; set; } = new();

    /// <summary>
    /// Names of properties, or endings of names, whose values are never written. The configuration adds to these defaults.
    /// </summary>
    public IList<string> Redact { get; set; } = ["password", "token", "secret", "authorization", "api_key", "cookie"];

    /// <summary>The options of the system log, for <c>AddZotify(o => o.System.Path = …)</c>.</summary>
    /// <exception cref="ArgumentException">The handler <c>System</c> is not registered.</exception>
    [CodeOnly]
    public FileStreamHandlerOptions System => Handler<FileStreamHandlerOptions>(nameof(System));

    /// <summary>The options of the audit log, for <c>AddZotify(o => o.Audit.Acknowledge = …)</c>.</summary>
    /// <exception cref="ArgumentException">The handler <c>Audit</c> is not registered.</exception>
    [CodeOnly]
    public JsonAuditHandlerOptions Audit => Handler<JsonAuditHandlerOptions>(nameof(Audit));

    /// <summary>The options of the logs of jobs, for <c>AddZotify(o => o.Jobs.RetainedAge = …)</c>.</summary>
    /// <exception cref="ArgumentException">The handler <c>Jobs</c> is not registered.</exception>
    [CodeOnly]
    public DatabaseJobLogHandlerOptions Jobs => Handler<DatabaseJobLogHandlerOptions>(nameof(Jobs));

    /// <summary>The options of the handlers, by name.</summary>
    [CodeOnly]
    public IReadOnlyDictionary<string, LogHandlerOptions> Handlers { get; internal set; } = new Dictionary<string, LogHandlerOptions>();

    /// <summary>The options of a handler, for <c>AddZotify(o => …)</c>: <c>o.Handler&lt;SlackOptions&gt;("Slack")</c>.</summary>
    /// <exception cref="ArgumentException">No handler of this name is registered, or its options are of another type.</exception>
    public TOptions Handler<TOptions>(string name)
        where TOptions : LogHandlerOptions =>
        Handlers.TryGetValue(name, out var options) && options is TOptions typed
            ? typed
            : throw new ArgumentException(
                $"No handler '{name}' with {typeof(TOptions).Name} is registered; registered are {string.Join(", ", Handlers.Keys)}.",
                nameof(name));
}
