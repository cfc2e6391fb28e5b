using Microsoft.Extensions.Logging;
using Zotify.Logging.Configuration;
using Zotify.Logging.Handlers;

namespace Zotify.Logging.Dispatch;

/// <summary>A handler and its compiled conditions. Immutable.</summary>
/// <param name="handler">Gets the records.</param>
/// <param name="options">The handler's options.</param>
/// <param name="ring">Keeps records below the handler's level, if that is turned on.</param>
internal sealed class Route(ServiceHandler handler, LogHandlerOptions options, DebugRing? ring)
{
    private readonly CategoryFilter _categories = new(options.Categories, options.ExcludeCategories);
    private readonly EventTypeFilter _events = new(options.EventTypes);
    private readonly EventTypeFilter? _excludedEvents = options.ExcludeEventTypes.Count == 0 ? null : new(options.ExcludeEventTypes);

    /// <summary>Gets the records.</summary>
    public ServiceHandler Handler => handler;

    /// <summary>The name of the property or scope value that a record must have; <see langword="null"/> where none is required.</summary>
    public string? ScopeKey { get; } = string.IsNullOrEmpty(options.ScopeKey) ? null : options.ScopeKey;

    /// <summary>Keeps lines below the handler's level; <see langword="null"/> where it is off.</summary>
    public DebugRing? Ring => ring;

    /// <summary>The lowest level that <see cref="Ring"/> keeps.</summary>
    public LogLevel RingLevel { get; } = options.ActiveRing?.MinimumLevel ?? LogLevel.None;

    /// <summary>Whether an override of the level applies to the handler.</summary>
    public bool HeedsOverrides => options.HeedsOverrides;

    /// <summary>Whether the handler accepts the category and level. Decided once per logger.</summary>
    /// <param name="category">The logger's name.</param>
    /// <param name="level">The level of its calls.</param>
    /// <param name="rules">The rules of levels.</param>
    /// <param name="function">The filter function of the rule that applies, if it has one. It must be called for each record.</param>
    public bool Accepts(string category, LogLevel level, LogLevelRules rules, out FilterFunction? function)
    {
        function = null;
        return options.Enabled
            && level >= options.MinimumLevel
            && _categories.Accepts(category)
            && rules.Allow(category, level, options.ObeysGlobalLogLevel, out function);
    }

    /// <summary>Whether the handler accepts the event. Decided for each call.</summary>
    public bool Accepts(EventId id) => _events.Accepts(id) && _excludedEvents?.Accepts(id) != true;
}
