using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Engines;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Zotify.Logging.Benchmarks.Contenders;
using Zotify.Logging.Benchmarks.Harness;

namespace Zotify.Logging.Benchmarks.Scenarios;

/// <summary>Arguments: a contender and a case. Time and bytes of a call in its caller's thread, by BenchmarkDotNet.</summary>
internal sealed class CallerCost : IScenario
{
    public Task<Figures> RunAsync(string folder, string[] arguments)
    {
        CallerBenchmark.Subject = (ContenderList.Find(arguments[0]), arguments[1], folder);
        // The process is already the benchmark's own. No forced collections: they would take longer than bursts this short.
        var job = Job.Default.WithToolchain(InProcessEmitToolchain.Instance).WithStrategy(RunStrategy.Monitoring)
            .WithInvocationCount(1).WithUnrollFactor(1).WithWarmupCount(50).WithIterationCount(250).WithGcForce(false);
        var configuration = ManualConfig.CreateEmpty().AddJob(job).AddDiagnoser(MemoryDiagnoser.Default).WithArtifactsPath(folder);
        var report = BenchmarkRunner.Run<CallerBenchmark>(configuration).Reports.Single();
        var times = report.AllMeasurements.Where(
            m => m.IterationMode == IterationMode.Workload && m.IterationStage == IterationStage.Actual)
            .Select(m => m.GetAverageTime().Nanoseconds).ToArray();
        return Task.FromResult(new Figures
        {
            ["ns"] = Samples.Median(times) / CallerBenchmark.Bursts,
            ["bytes"] = report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase) ?? double.NaN,
        });
    }
}
