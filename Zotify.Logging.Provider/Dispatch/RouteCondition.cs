using Microsoft.Extensions.Logging;
using Zotify.Logging.Configuration;

namespace Zotify.Logging.Dispatch;

/// <summary>The condition of a route for the calls of one category and level. Immutable.</summary>
internal readonly struct RouteCondition
{
    public RouteCondition(Route route, string category, LogLevel level, LogLevelRules rules)
    {
        AcceptsLevel = route.Accepts(category, level, rules, out var function);
        Function = function;
        AcceptsAnyLevel = route.Accepts(category, LogLevel.Critical, rules, out var gate);
        Gate = gate;
        CanBeOverridden = AcceptsAnyLevel && route.HeedsOverrides;
    }

    /// <summary>Whether the route takes the level, provided that <see cref="Function"/> accepts the call.</summary>
    public bool AcceptsLevel { get; }

    /// <summary>The filter function that must accept each call; <see langword="null"/> where there is none.</summary>
    public FilterFunction? Function { get; }

    /// <summary>Whether the route takes some level of the category, provided that <see cref="Gate"/> accepts the category.</summary>
    public bool AcceptsAnyLevel { get; }

    /// <summary>
    /// Whether an override can make the route take calls below its level, provided that <see cref="Gate"/> accepts the category.
    /// </summary>
    public bool CanBeOverridden { get; }

    /// <summary>The filter function that must accept the category at <see cref="LogLevel.Critical"/>, if there is one.</summary>
    public FilterFunction? Gate { get; }
}
