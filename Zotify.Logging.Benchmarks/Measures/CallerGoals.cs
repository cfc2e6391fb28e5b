using Zotify.Logging.Benchmarks.Contenders;
using Zotify.Logging.Benchmarks.Harness;
using Zotify.Logging.Benchmarks.Scenarios;

namespace Zotify.Logging.Benchmarks.Measures;

/// <summary>The goals of a call's time in its caller's thread, compared with the peers that write lines of text.</summary>
internal static class CallerGoals
{
    /// <summary>The goals of one kind of call.</summary>
    /// <param name="run">The run.</param>
    /// <param name="samples">The figures of <see cref="CallerCost"/>.</param>
    /// <param name="name">The kind of call.</param>
    public static IReadOnlyList<Goal> Of(MeasureRun run, Samples samples, string name)
    {
        var ours = ContenderList.Text[0].Name;
        var peers = ContenderList.Text.Skip(1).ToArray();
        foreach (var (figure, when) in ((string, string)[])[(CallerCost.Young, "in a young process"), (CallerCost.Steady, "after 3 s")])
        {
            run.Meetings.Add(new(
                $"a call in bursts, {name}, {when}, ns", samples.Median(ours, figure),
                [.. peers.Select(peer => (peer.Name, samples.Median(peer.Name, figure)))]));
        }

        double To(double other, string figure) => samples.Median(ours, figure) / other;
        double Best(Role role) => samples.Lowest(peers.Where(peer => peer.Role == role).Select(peer => peer.Name), CallerCost.Steady);
        Contender[] young = [new NLogFile(), new OpenTelemetryFile()];
        return
        [
            .. young.Select(peer => new Goal(
                $"{name}, young, to {peer.Name}", To(samples.Median(peer.Name, CallerCost.Young), CallerCost.Young), 1.2)),
            new($"{name}, steady, to the best peer that renders inside the call", To(Best(Role.RenderingPeer), CallerCost.Steady), 1),
            new($"{name}, steady, to the best peer that defers rendering", To(Best(Role.DeferringPeer), CallerCost.Steady), 1.2),
        ];
    }
}
