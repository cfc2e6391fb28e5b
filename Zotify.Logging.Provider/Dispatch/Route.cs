using Microsoft.Extensions.Logging;
using Zotify.Logging.Configuration;
using Zotify.Logging.Handlers;

namespace Zotify.Logging.Dispatch;

/// <summary>A pipeline with the compiled conditions for entering it. Immutable.</summary>
internal sealed class Route(HandlerPipeline pipeline, LogHandlerOptions options)
{
    private readonly CategoryFilter _categories = new(options.Categories, options.ExcludeCategories);
    private readonly EventTypeFilter _events = new(options.EventTypes);
    private readonly EventTypeFilter? _excludedEvents = options.ExcludeEventTypes.Count == 0 ? null : new(options.ExcludeEventTypes);

    /// <summary>Where the records go.</summary>
    public HandlerPipeline Pipeline => pipeline;

    /// <summary>The property or scope value that a record must have; <see langword="null"/> where none is asked for.</summary>
    public string? ScopeKey { get; } = string.IsNullOrEmpty(options.ScopeKey) ? null : options.ScopeKey;

    /// <summary>What can be decided once per logger: category and level.</summary>
    /// <param name="category">The logger's name.</param>
    /// <param name="level">The level of its calls.</param>
    /// <param name="rules">The rules of levels.</param>
    /// <param name="function">What must be asked at each call, where the rule that applies has a filter function.</param>
    public bool Takes(string category, LogLevel level, LogLevelRules rules, out FilterFunction? function)
    {
        function = null;
        return options.Enabled
            && level >= options.MinimumLevel
            && _categories.Takes(category)
            && rules.Allow(category, level, options.ObeysGlobalLogLevel, out function);
    }

    /// <summary>What is decided for each call: the event.</summary>
    public bool Takes(EventId id) => _events.Takes(id) && _excludedEvents?.Takes(id) != true;
}
