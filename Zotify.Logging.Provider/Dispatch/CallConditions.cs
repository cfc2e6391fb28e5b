using Microsoft.Extensions.Logging;
using Zotify.Logging.Configuration;

namespace Zotify.Logging.Dispatch;

/// <summary>
/// The conditions of a category and level that each call must be checked against: filter functions may return another answer each time,
/// and overrides of levels and the ring apply to some calls only. Immutable.
/// </summary>
internal sealed class CallConditions
{
    private readonly string _category;
    private readonly LogLevel _level;
    private readonly LogLevelRules _rules;
    private readonly RouteCondition[] _routes;

    private CallConditions(string category, LogLevel level, LogLevelRules rules, RouteCondition[] routes) =>
        (_category, _level, _rules, _routes) = (category, level, rules, routes);

    /// <summary>
    /// The overrides that are for this category and level. Whether one is for the call, its scopes and properties decide.
    /// </summary>
    public required LevelOverride[] Overrides { get; init; }

    /// <summary>What the calls mean for the ring; <see langword="null"/> where it is off.</summary>
    public required RingConditions? Ring { get; init; }

    /// <summary>The routes that may accept calls of a category and level, and the conditions of each call.</summary>
    /// <param name="category">The logger's name.</param>
    /// <param name="level">The level of its calls.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="routes">All routes.</param>
    /// <param name="conditions"><see langword="null"/> where all the returned routes accept every call.</param>
    public static Route[] Of(
        string category, LogLevel level, DispatchSettings settings, IReadOnlyList<Route> routes, out CallConditions? conditions)
    {
        LevelOverride[] overrides = [.. settings.Overrides.Where(active => level >= active.Level && IsFor(active, category))];
        var (candidates, ofCandidates) = (new List<Route>(), new RouteCondition[routes.Count]);
        var (ringRoute, ofRing, isPlain) = ((Route?)null, default(RouteCondition), true);
        // Loops, not LINQ over pairs: the first call of a process would wait until it is compiled for them.
        for (var i = 0; i < routes.Count; i++)
        {
            var condition = new RouteCondition(routes[i], category, level, settings.Levels);
            if (ringRoute is null && routes[i].Ring is not null) (ringRoute, ofRing) = (routes[i], condition);
            if (!condition.AcceptsLevel && (overrides.Length == 0 || !condition.CanBeOverridden)) continue;
            ofCandidates[candidates.Count] = condition;
            candidates.Add(routes[i]);
            isPlain &= condition is { AcceptsLevel: true, Function: null };
        }

        var ring = ringRoute is null ? null : RingOf(ringRoute, ofRing, candidates.IndexOf(ringRoute), level);
        conditions = isPlain && ring is null
            ? null
            : new CallConditions(category, level, settings.Levels, ofCandidates[..candidates.Count])
            {
                Overrides = overrides,
                Ring = ring,
            };
        return [.. candidates];
    }

    /// <summary>Calls each filter function once. Returns a bit for each route that accepts the level now.</summary>
    /// <exception cref="Exception">
    /// A filter function threw. Its exception reaches the caller of the logger, as with any provider.
    /// </exception>
    public ulong Passed()
    {
        ulong passed = 0;
        FilterFunction? asked = null;
        var answer = true;
        for (var i = 0; i < _routes.Length; i++)
        {
            if (!_routes[i].AcceptsLevel) continue;
            if (_routes[i].Function is { } function && function != asked)
            {
                asked = function;
                answer = _rules.Ask(function, _category, _level);
            }

            if (_routes[i].Function is null || answer) passed |= 1UL << i;
        }

        return passed;
    }

    /// <summary>The bits of the routes whose level an override may lower.</summary>
    /// <exception cref="Exception">A filter function threw.</exception>
    public ulong Overridden()
    {
        ulong overridden = 0;
        for (var i = 0; i < _routes.Length; i++)
            if (_routes[i].CanBeOverridden && IsOpen(_routes[i].Gate)) overridden |= 1UL << i;
        return overridden;
    }

    /// <summary>Whether the ring keeps a call, provided that the call is in a trace or a job.</summary>
    /// <param name="passed">The bits of the routes that accept the call's level.</param>
    /// <exception cref="Exception">A filter function threw.</exception>
    public bool IsKept(ulong passed) => Ring is { } ring && ring.Keeps(passed) && IsOpen(ring.Gate);

    /// <summary>
    /// Whether a filter function accepts the category at all. A function that refuses even <see cref="LogLevel.Critical"/> refuses the
    /// category, not the level.
    /// </summary>
    private bool IsOpen(FilterFunction? gate) => gate is null || _rules.Ask(gate, _category, LogLevel.Critical);

    private static RingConditions RingOf(Route route, RouteCondition condition, int index, LogLevel level) =>
        new(route, index < 0 ? 0 : 1UL << index, condition, level);

    private static bool IsFor(LevelOverride active, string category) =>
        active.Match.Category is not { } prefix || category.StartsWith(prefix, StringComparison.OrdinalIgnoreCase);
}
