using Microsoft.Extensions.Logging;
using Zotify.Logging.Handlers;

namespace Zotify.Logging.Configuration;

/// <summary>The part of the configuration that the dispatch needs. Immutable: a change creates another one.</summary>
/// <param name="Handlers">The options of every registered handler, by name.</param>
/// <param name="Levels">The rules of <c>Logging:LogLevel</c> and <c>Logging:Zotify:LogLevel</c>.</param>
/// <param name="Redact">Names of properties whose values are never written, or endings of names.</param>
/// <param name="ShutdownTimeout">How long a stop may take.</param>
internal sealed record DispatchSettings(
    IReadOnlyDictionary<string, LogHandlerOptions> Handlers,
    LogLevelRules Levels,
    IReadOnlyList<string> Redact,
    TimeSpan ShutdownTimeout)
{
    /// <summary>The overrides of levels that are active.</summary>
    public IReadOnlyList<LevelOverride> Overrides { get; init; } = [];

    /// <summary>The name of the property or scope value that has a job's id.</summary>
    public string JobKey =>
        Handlers.Values.OfType<DatabaseJobLogHandlerOptions>().Select(options => options.ScopeKey).FirstOrDefault() ?? "job_id";

    /// <summary>
    /// The lowest level of which a handler may take something, of some category; <see cref="LogLevel.None"/> where none takes anything.
    /// </summary>
    public LogLevel LowestLevel => Handlers.Values.Where(options => options.Enabled).Select(LowestOf).Append(LogLevel.None).Min();

    private LogLevel LowestOf(LogHandlerOptions options)
    {
        var lowest = (LogLevel)Math.Max((int)options.MinimumLevel, (int)Levels.Lowest(options.ObeysGlobalLogLevel));
        if (options.ActiveRing is { } ring) lowest = (LogLevel)Math.Min((int)lowest, (int)ring.MinimumLevel);
        return options.HeedsOverrides ? Overrides.Select(active => active.Level).Append(lowest).Min() : lowest;
    }
}
