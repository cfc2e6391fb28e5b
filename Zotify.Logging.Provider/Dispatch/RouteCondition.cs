using Microsoft.Extensions.Logging;
using Zotify.Logging.Configuration;

namespace Zotify.Logging.Dispatch;

/// <summary>How a route stands to the calls of one category and level. Immutable.</summary>
internal readonly struct RouteCondition
{
    public RouteCondition(Route route, string category, LogLevel level, LogLevelRules rules)
    {
        TakesLevel = route.Accepts(category, level, rules, out var function);
        Function = function;
        TakesAnyLevel = route.Accepts(category, LogLevel.Critical, rules, out var gate);
        Gate = gate;
        CanBeOverridden = TakesAnyLevel && route.HeedsOverrides;
    }

    /// <summary>Whether it takes the level, if <see cref="Function"/> lets the call through.</summary>
    public bool TakesLevel { get; }

    /// <summary>The filter function that each call must pass, if there is one.</summary>
    public FilterFunction? Function { get; }

    /// <summary>Whether it takes some level of the category, if <see cref="Gate"/> lets the category through.</summary>
    public bool TakesAnyLevel { get; }

    /// <summary>Whether it takes calls below its level by an override, if <see cref="Gate"/> lets the category through.</summary>
    public bool CanBeOverridden { get; }

    /// <summary>The filter function that must let the category through at <see cref="LogLevel.Critical"/>, if there is one.</summary>
    public FilterFunction? Gate { get; }
}
