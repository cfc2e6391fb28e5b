using System.Globalization;

namespace Zotify.Logging.Benchmarks.Harness;

/// <summary>A number that was to be reached.</summary>
/// <param name="Text">What the number is.</param>
/// <param name="Value">What it was.</param>
/// <param name="Limit">What it may be, or must be.</param>
/// <param name="AtMost">Whether the limit is the highest that is good, or the lowest.</param>
/// <param name="Unit">The unit; by default a ratio.</param>
internal sealed record Goal(string Text, double Value, double Limit, bool AtMost = true, string Unit = "×")
{
    /// <summary>Whether it was reached.</summary>
    public bool IsReached => AtMost ? Value <= Limit : Value >= Limit;

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{(IsReached ? "reached" : "MISSED ")}  {Text}: {Value:0.##} {Unit} (goal {(AtMost ? "≤" : "≥")} {Limit:0.##} {Unit})");
}
