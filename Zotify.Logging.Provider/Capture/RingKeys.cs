using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Zotify.Logging.Capture;

/// <summary>The trace and the job of a call. The ring keeps its line under both.</summary>
/// <param name="TraceId">The W3C trace id.</param>
/// <param name="Root">The outermost activity around the call that has not ended. When it ends, this part of the trace ends.</param>
/// <param name="JobId">The job's id.</param>
internal readonly record struct RingKeys(string? TraceId, Activity? Root, string? JobId)
{
    /// <summary>Whether the call is in a trace or a job.</summary>
    public bool IsAny => TraceId is not null || JobId is not null;

    /// <summary>Finds the keys of a call.</summary>
    /// <param name="jobKey">The name of the property or scope value that has a job's id.</param>
    /// <param name="state">The call's state.</param>
    /// <param name="scopes">The scopes around it.</param>
    public static RingKeys Of<TState>(string jobKey, in TState state, IExternalScopeProvider scopes)
    {
        var jobId = ScopeKeySearch.TextOf(jobKey, state, scopes);
        return Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity
            ? new(activity.TraceId.ToHexString(), RootOf(activity), jobId)
            : new(null, null, jobId);
    }

    private static Activity? RootOf(Activity activity)
    {
        Activity? root = null;
        // Work that outlives its request still has the request's activity, which has ended.
        for (var current = activity; current is not null; current = current.Parent)
            if (!current.IsStopped) root = current;
        return root;
    }
}
