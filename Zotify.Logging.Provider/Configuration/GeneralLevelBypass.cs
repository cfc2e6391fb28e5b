using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Zotify.Logging.Provider.Capture;
using Zotify.Logging.Provider.Dispatch;

namespace Zotify.Logging.Provider.Configuration;

/// <summary>
/// Keeps the level rules as the application gave them for <see cref="LogLevelRules"/>, and tells LoggerFactory to let
/// everything through to this provider: LoggerFactory knows one outcome for the whole provider, the handlers need two.
/// </summary>
internal sealed class GeneralLevelBypass : IPostConfigureOptions<LoggerFilterOptions>
{
    private volatile LogLevelRules _rules = LogLevelRules.None;

    /// <summary>The rules in force.</summary>
    public LogLevelRules Rules => _rules;

    /// <summary>Raised after <see cref="Rules"/> changed.</summary>
    public event Action? Changed;

    /// <inheritdoc/>
    public void PostConfigure(string? name, LoggerFilterOptions options)
    {
        var provider = typeof(ZotifyLoggerProvider).FullName!;
        _rules = new LogLevelRules(options.Rules, options.MinLevel, provider, ZotifyLoggerProvider.Alias);
        for (var i = options.Rules.Count - 1; i >= 0; i--)
        {
            if (options.Rules[i].ProviderName is { } owner && (owner == provider || owner == ZotifyLoggerProvider.Alias))
                options.Rules.RemoveAt(i);
        }

        options.Rules.Add(new LoggerFilterRule(provider, categoryName: null, LogLevel.Trace, filter: null));
        Changed?.Invoke();
    }
}
