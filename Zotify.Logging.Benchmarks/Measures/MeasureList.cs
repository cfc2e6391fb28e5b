using Zotify.Logging.Benchmarks.Harness;

namespace Zotify.Logging.Benchmarks.Measures;

/// <summary>All measures, in the order of the table of goals.</summary>
internal static class MeasureList
{
    /// <summary>The measures.</summary>
    public static IReadOnlyList<Measure> All { get; } = 
    [
        new Young(), new Caller(), new CallerCases(), new AllocatedBytes(), new Disabled(), new Ring(), new TwoMillion(), new Saturated(),
        new AuditCall(), new Durable(), new Flush(), new Projection(), new SqlServerProjection(), new ToRows(),
        new Verify(), new AuditQueries(), new JobEntries(), new Followers(), new Start(),
    ];
}
