using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Records;

namespace Zotify.Logging.Capture;

/// <summary>Finds whether an override of the level applies to a call. Throws nothing.</summary>
internal static class OverrideSearch
{
    /// <summary>Whether one of the overrides applies to the call.</summary>
    /// <param name="overrides">The overrides for its category and level.</param>
    /// <param name="jobKey">The name of the property or scope value that has a job's id.</param>
    /// <param name="state">The call's state.</param>
    /// <param name="scopes">The scopes around it.</param>
    /// <param name="traceId">Its W3C trace id, if it has one.</param>
    public static bool Finds<TState>(
        LevelOverride[] overrides, string jobKey, in TState state, IExternalScopeProvider scopes, string? traceId)
    {
        // Each is read once, when it is first needed.
        (bool IsRead, string? Text) user = default, job = default;
        for (var i = 0; i < overrides.Length; i++)
        {
            var match = overrides[i].Match;
            if (match.TraceId is not null && match.TraceId != traceId) continue;
            if (match.UserId is not null)
            {
                if (!user.IsRead) user = (true, ScopeKeySearch.TextOf("user_id", state, scopes));
                if (user.Text != match.UserId) continue;
            }

            if (match.JobId is not null)
            {
                if (!job.IsRead) job = (true, ScopeKeySearch.TextOf(jobKey, state, scopes));
                if (job.Text is null || (job.Text != match.JobId && JobIds.Shorten(job.Text) != match.JobId)) continue;
            }

            return true;
        }

        return false;
    }

    /// <summary>Whether one may apply to a call whose state is not known yet: the state may name a user and a job.</summary>
    public static bool MayFind(LevelOverride[] overrides)
    {
        for (var i = 0; i < overrides.Length; i++)
            if (overrides[i].Match.TraceId is not { } expected || expected == CurrentTraceId()) return true;
        return false;
    }

    /// <summary>The W3C trace id of <see cref="Activity.Current"/>, if there is one.</summary>
    public static string? CurrentTraceId() =>
        Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity ? activity.TraceId.ToHexString() : null;
}
