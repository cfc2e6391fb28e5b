using Zotify.Logging.Benchmarks.Harness;

namespace Zotify.Logging.Benchmarks.Measures;

/// <summary>
/// All measures, those that decide most first: a run of all measures begins no other one after its time.
/// </summary>
internal static class MeasureList
{
    /// <summary>The measures.</summary>
    public static IReadOnlyList<Measure> All { get; } =
    [
        new Young(), new Verify(), new AuditQueries(), new JobEntries(), new Start(), new Followers(), new ToRows(), new Flush(), new Durable(),
        new Caller(), new TwoMillion(), new Saturated(), new AuditCall(), new AllocatedBytes(), new CallerCases(), new Projection(),
        new Disabled(), new Ring(), new SqlServerProjection(),
    ];
}
