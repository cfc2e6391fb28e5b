using System.Globalization;

namespace Zotify.Logging.Benchmarks.Harness;

/// <summary>A figure that is worse than that of the older version.</summary>
/// <param name="What">The table and the contender.</param>
/// <param name="Figure">The name of the figure, with its unit.</param>
/// <param name="Now">The figure of this version.</param>
/// <param name="Before">The figure of the older version.</param>
internal sealed record Regression(string What, string Figure, double Now, double Before)
{
    /// <summary>A smaller difference may be the machine's.</summary>
    private const double Factor = 1.1;

    /// <summary>Whether a figure is worse by more than a tenth: rates are better where they are higher, all others where they are lower.</summary>
    public static bool Is(string figure, double now, double before) =>
        figure.Contains("/s", StringComparison.Ordinal) ? now * Factor < before : now > before * Factor;

    /// <summary>A row in Markdown.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"| {What} | {Figure} | {Now:#,0.##} | {Before:#,0.##} | {Now / Before:0.00} × |");
}
