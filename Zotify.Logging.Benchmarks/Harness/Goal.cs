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

    /// <summary>The measured number with its unit.</summary>
    public string Measured => string.Create(CultureInfo.InvariantCulture, $"{Value:0.##} {Unit}");

    /// <summary>The limit with its unit.</summary>
    public string Wanted => string.Create(CultureInfo.InvariantCulture, $"{(AtMost ? "≤" : "≥")} {Limit:0.##} {Unit}");

    /// <summary>How far the number is from the limit, as a part of the limit.</summary>
    public string Distance => Limit == 0 ? Measured : string.Create(CultureInfo.InvariantCulture, $"{(Value / Limit) - 1:+0%;-0%}");
}
