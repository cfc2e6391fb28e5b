using Microsoft.Extensions.Logging;
using Zotify.Logging.Configuration;
using Zotify.Logging.Handlers;
using Zotify.Logging.Projection;

namespace Zotify.Logging.Dispatch;

/// <summary>A lane with the compiled conditions for entering it. Immutable.</summary>
internal sealed class Route(Lane lane, LogHandlerOptions options)
{
    private readonly CategoryFilter _categories = new(options.Categories, options.ExcludeCategories);
    private readonly EventTypeFilter _events = new(options.EventTypes);

    /// <summary>Where the records go.</summary>
    public Lane Lane => lane;

    /// <summary>The property or scope value that a record must have; <see langword="null"/> where none is asked for.</summary>
    public string? ScopeKey { get; } = string.IsNullOrEmpty(options.ScopeKey) ? null : options.ScopeKey;

    /// <summary>What can be decided once per logger: category and level.</summary>
    public bool Takes(string category, LogLevel level, LogLevelRules rules) =>
        options.Enabled
        && level >= options.MinimumLevel
        && _categories.Takes(category)
        && rules.Allow(category, level, options.ObeysGlobalLogLevel);

    /// <summary>What is decided for each call: the event.</summary>
    public bool Takes(EventId id) => _events.Takes(id);
}
