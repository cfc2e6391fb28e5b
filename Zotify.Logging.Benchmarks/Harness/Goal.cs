using System.Globalization;

namespace Zotify.Logging.Benchmarks.Harness;

/// <summary>A goal and the number that was measured.</summary>
/// <param name="Text">The name of the number.</param>
/// <param name="Value">The number.</param>
/// <param name="Limit">The highest or lowest good number.</param>
/// <param name="AtMost">Whether the limit is the highest good number, rather than the lowest.</param>
/// <param name="Unit">The unit; by default a ratio.</param>
internal sealed record Goal(string Text, double Value, double Limit, bool AtMost = true, string Unit = "×")
{
    /// <summary>Whether the goal was reached.</summary>
    public bool IsReached => AtMost ? Value <= Limit : Value >= Limit;

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{(IsReached ? "reached" : "MISSED ")}  {Text}: {Value:0.##} {Unit} (goal {(AtMost ? "≤" : "≥")} {Limit:0.##} {Unit})");
}
