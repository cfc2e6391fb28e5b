using CsCheck;

namespace Zotify.Logging.Tests.Fuzz;

/// <summary>Values that are unchanged in a record.</summary>
internal static class Values
{
    private static readonly Gen<object?> Simple = Gen.OneOf(
        Gen.Const((object?)null),
        Gen.Bool.Select(value => (object?)value),
        Gen.Byte.Select(value => (object?)value),
        Gen.SByte.Select(value => (object?)value),
        Gen.Short.Select(value => (object?)value),
        Gen.UShort.Select(value => (object?)value),
        Gen.Int.Select(value => (object?)value),
        Gen.UInt.Select(value => (object?)value),
        Gen.OneOf(Gen.Long, Gen.OneOf(long.MinValue, long.MaxValue)).Select(value => (object?)value),
        Gen.OneOf(Gen.ULong, Gen.Const(ulong.MaxValue)).Select(value => (object?)value),
        Gen.OneOf(Gen.Decimal, Gen.OneOf(decimal.MinValue, decimal.MaxValue, 0.0000000000000000000000000001m, 1.10m, -0.0m))
            .Select(value => (object?)value),
        Gen.OneOf(Gen.Double, Gen.Double.Special, Gen.OneOf(double.Epsilon, -0.0, double.MaxValue, double.NaN))
            .Select(value => (object?)value),
        Gen.OneOf(Gen.Float, Gen.OneOf(float.Epsilon, float.MinValue, float.NegativeInfinity)).Select(value => (object?)value),
        Gen.Select(Gen.DateTime, Gen.OneOf(DateTimeKind.Utc, DateTimeKind.Unspecified, DateTimeKind.Local), DateTime.SpecifyKind)
            .Select(value => (object?)value),
        Gen.OneOf(Gen.DateTimeOffset, Gen.OneOf(DateTimeOffset.MinValue, DateTimeOffset.MaxValue)).Select(value => (object?)value),
        Gen.DateOnly.Select(value => (object?)value),
        Gen.TimeOnly.Select(value => (object?)value),
        Gen.OneOf(Gen.TimeSpan, Gen.OneOf(TimeSpan.MinValue, TimeSpan.MaxValue)).Select(value => (object?)value),
        Gen.Guid.Select(value => (object?)value),
        Gen.OneOf(DayOfWeek.Friday, (DayOfWeek)42).Select(value => (object?)value),
        Gen.Char.Select(value => (object?)value),
        Gen.Byte.Array[0, 40].Select(value => (object?)value));

    private static readonly Gen<object?> Scalar = Gen.Frequency((20, Simple), (4, Hostile.Text.Select(value => (object?)value)));

    // The content of a collection has a limited total length.
    private static readonly Gen<object?> Item = Gen.Frequency((20, Simple), (4, Hostile.Name.Select(value => (object?)value)));

    /// <summary>A value, or a collection of values within the limits.</summary>
    public static readonly Gen<object?> Any = Gen.Recursive<object?>((depth, self) => depth == 5 ? Item : Gen.Frequency(
        (12, depth == 0 ? Scalar : Item),
        (1, self.List[0, 4].Select(items => (object?)items)),
        (1, self.Array[0, 4].Select(items => (object?)items.AsEnumerable().Where(_ => true))),
        (1, Gen.Select(Hostile.Name, self).Array[0, 4].Select(entries => (object?)entries.DistinctBy(entry => Expected.Text(entry.Item1)).ToDictionary(entry => entry.Item1, entry => entry.Item2)))));
}
