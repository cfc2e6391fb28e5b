using System.Diagnostics;

namespace Zotify.Logging.Benchmarks.Scenarios;

/// <summary>The trace of the calls that are in one. A separate class, because other cases must not run in the activity that it starts.</summary>
internal static class WorkTrace
{
    /// <summary>The activity.</summary>
    public static Activity Activity { get; } = new Activity("work").SetIdFormat(ActivityIdFormat.W3C).Start();
}
