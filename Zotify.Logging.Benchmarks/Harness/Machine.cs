using System.Globalization;
using System.Runtime.InteropServices;

namespace Zotify.Logging.Benchmarks.Harness;

/// <summary>The machine that the figures are measured on.</summary>
internal static class Machine
{
    /// <summary>Processor, cores, memory, system, runtime and day, in one line.</summary>
    public static string Describe() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Processor()}, {Environment.ProcessorCount} cores, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 30} GiB, "
            + $"{RuntimeInformation.OSDescription}, "
        + $"{RuntimeInformation.FrameworkDescription}, {TimeProvider.System.GetUtcNow():yyyy-MM-dd}");

    private static string Processor()
    {
        const string Path = "/proc/cpuinfo";
        var model = File.Exists(Path)
            ? File.ReadLines(Path).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))
            : null;
        return model?.Split(':', 2)[1].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}
