using Microsoft.Extensions.Logging;
using Zotify.Logging.Dispatch;
using Zotify.Logging.Records;

namespace Zotify.Logging.Capture;

/// <summary>The role of a call for the ring of the system log: a line to keep, an error that writes the kept lines, or none.</summary>
internal readonly struct RingCall
{
    private readonly RingConditions _ring;
    private readonly RingAction _action;
    private readonly RingKeys _keys;

    private RingCall(RingConditions ring, bool isKept, RingAction action, RingKeys keys) =>
        (_ring, IsKept, _action, _keys) = (ring, isKept, action, keys);

    /// <summary>Whether its line is kept.</summary>
    public bool IsKept { get; }

    /// <summary>The parts of the call that its line has.</summary>
    public LogParts Needs => _ring.Route.Handler.Needs;

    /// <summary>Determines the role of a call.</summary>
    /// <param name="conditions">The conditions of its category and level, which has a ring.</param>
    /// <param name="passed">The bits of the routes that take its level.</param>
    /// <param name="eventId">Its event.</param>
    /// <param name="jobKey">The name of the property or scope value that has a job's id.</param>
    /// <param name="state">Its state.</param>
    /// <param name="scopes">The scopes around it.</param>
    public static RingCall Of<TState>(
        CallConditions conditions, ulong passed, EventId eventId, string jobKey, in TState state, IExternalScopeProvider scopes)
    {
        var ring = conditions.Ring!;
        var route = ring.Route;
        var isKept = conditions.IsKept(passed)
            && route.Accepts(eventId)
            && (route.ScopeKey is not { } key || ScopeKeySearch.Finds(key, state, scopes));
        var action = isKept ? RingAction.None : ring.ActionOf(passed, eventId.Name);
        if (!isKept && action == RingAction.None) return new(ring, false, action, default);
        var keys = RingKeys.Of(jobKey, state, scopes);
        return new(ring, isKept && keys.IsAny, action, keys);
    }

    /// <summary>Keeps the call's line.</summary>
    /// <param name="record">The snapshot of the call.</param>
    /// <param name="isAlsoPosted">Whether handlers get the record as well.</param>
    public void Keep(in RecordValues record, bool isAlsoPosted)
    {
        // Otherwise a handler's consumer would return the message to its pool, and another call would overwrite it.
        if (isAlsoPosted && record.Text is DeferredMessage message) message.IsShared = true;
        _ring.Ring.Add(_keys.TraceId, _keys.Root, _keys.JobId, record);
    }

    /// <summary>
    /// Writes or drops the kept lines of the call's trace and job, if the call is a reason to do so. Call it before the call itself is
    /// logged, so that an error comes after the lines that led to it.
    /// </summary>
    public void Settle()
    {
        if (_action == RingAction.DropJob && _keys.JobId is { } jobId) _ring.Ring.Drop(jobId);
        if (_action != RingAction.Write) return;
        if (_ring.Ring.Take(_keys.TraceId, _keys.JobId) is { Count: > 0 } lines) _ring.Route.Handler.Post(lines);
    }
}
