using Microsoft.Extensions.Logging;
using Zotify.Logging.Configuration;
using Zotify.Logging.Records;

namespace Zotify.Logging.Dispatch;

/// <summary>The role of the calls of a category and level for the ring of the system log. Immutable.</summary>
internal sealed class RingConditions
{
    private readonly ulong _bit;
    private readonly bool _isKept;
    private readonly bool _isError;

    /// <param name="route">The route of the system log.</param>
    /// <param name="bit">Its bit among the routes of the level; 0 where the level does not have it.</param>
    /// <param name="condition">The route's condition for the calls.</param>
    /// <param name="level">The level of the calls.</param>
    public RingConditions(Route route, ulong bit, RouteCondition condition, LogLevel level)
    {
        Route = route;
        Gate = condition.Gate;
        _bit = bit;
        _isKept = condition.AcceptsAnyLevel && level >= route.RingLevel;
        _isError = level >= LogLevel.Error;
    }

    /// <summary>The route of the system log.</summary>
    public Route Route { get; }

    /// <summary>The ring.</summary>
    public DebugRing Ring => Route.Ring!;

    /// <summary>The filter function that must accept the category at <see cref="LogLevel.Critical"/>, if there is one.</summary>
    public FilterFunction? Gate { get; }

    /// <summary>
    /// Whether a call is kept, provided that <see cref="Gate"/> accepts its category. The log itself does not take such a call's level.
    /// </summary>
    /// <param name="passed">The bits of the routes that take the call's level.</param>
    public bool Keeps(ulong passed) => _isKept && (passed & _bit) == 0;

    /// <summary>The effect of a call that is not kept on the lines of its trace and job.</summary>
    /// <param name="passed">The bits of the routes that take the call's level.</param>
    /// <param name="eventName">The name of the call's event.</param>
    public RingAction ActionOf(ulong passed, string? eventName) => eventName switch
    {
        JobEvents.FailedName => RingAction.Write,
        _ when _isError && (passed & _bit) != 0 => RingAction.Write,
        JobEvents.CompletedName => RingAction.DropJob,
        _ => RingAction.None,
    };
}
