using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace Zotify.Logging.Configuration;

/// <summary>
/// Keeps the level rules as the application gave them for <see cref="LogLevelRules"/>, and replaces them for LoggerFactory by one rule with
/// the lowest level that any handler gets: LoggerFactory has one level for the whole provider, the handlers need two. LoggerFactory drops
/// the calls below that level, so they cost no more than with any provider.
/// </summary>
/// <param name="provider">The full name of the provider's type.</param>
/// <param name="alias">Its alias.</param>
internal sealed class GeneralLevelBypass(string provider, string alias)
    : IPostConfigureOptions<LoggerFilterOptions>, IOptionsChangeTokenSource<LoggerFilterOptions>
{
    private CancellationTokenSource _outdated = new();
    private volatile LogLevelRules _rules = LogLevelRules.None;
    private volatile bool _isStarted;

    /// <summary>The rules in force.</summary>
    public LogLevelRules Rules => _rules;

    /// <summary>Returns the settings of the handlers; while it is not set, LoggerFactory passes on every level.</summary>
    public Func<DispatchSettings>? InForce { get; set; }

    /// <inheritdoc/>
    public string? Name => Options.DefaultName;

    /// <summary>Raised after <see cref="Rules"/> changed.</summary>
    public event Action? Changed;

    /// <inheritdoc/>
    public IChangeToken GetChangeToken() => new CancellationChangeToken(Volatile.Read(ref _outdated).Token);

    /// <summary>Makes LoggerFactory read the level again. Returns once its loggers have it.</summary>
    public void Refresh() => Interlocked.Exchange(ref _outdated, new CancellationTokenSource()).Cancel();

    /// <inheritdoc/>
    public void PostConfigure(string? name, LoggerFilterOptions options)
    {
        var rules = new LogLevelRules(options.Rules, options.MinLevel, provider, alias);
        // LoggerFactory reads the rules for the first time right after the settings were made of them. To make the settings again would
        // take as long as the rest of the start.
        var isStart = !_isStarted && InForce is not null && rules.IsSameAs(_rules);
        _isStarted = InForce is not null;
        if (!isStart) _rules = rules;
        for (var i = options.Rules.Count - 1; i >= 0; i--)
        {
            if (LogLevelRules.IsOf(options.Rules[i], provider, alias)) options.Rules.RemoveAt(i);
        }

        // Update the routes first: they read the same configuration. If they are unchanged because it is not valid, the level is unchanged
        // too.
        if (!isStart) Changed?.Invoke();
        var lowest = InForce?.Invoke().LowestLevel ?? LogLevel.Trace;
        options.Rules.Add(new LoggerFilterRule(provider, categoryName: null, lowest, filter: null));
    }
}
