using System.Globalization;

namespace Zotify.Logging.Benchmarks.Harness;

/// <summary>A figure as an application meets it, beside those of what its authors would use instead.</summary>
/// <param name="What">What was measured, with its unit.</param>
/// <param name="Ours">This project's figure.</param>
/// <param name="Others">The others by their names, in the order in which they are shown.</param>
internal sealed record Meeting(string What, double Ours, params IReadOnlyList<(string Name, double Value)> Others)
{
    /// <summary>A row in Markdown.</summary>
    public override string ToString()
    {
        var others = Others.Where(other => double.IsFinite(other.Value)).Select(other => $"{other.Name} {Text(other.Value)}");
        return $"| {What} | {Text(Ours)} | {string.Join("; ", others)} |";
    }

    private static string Text(double value) => value.ToString(
        Math.Abs(value) switch { >= 100 => "#,0", >= 10 => "0.#", _ => "0.##" }, CultureInfo.InvariantCulture);
}
