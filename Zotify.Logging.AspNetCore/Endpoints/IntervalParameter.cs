using System.Globalization;

namespace Zotify.Logging.AspNetCore.Endpoints;

/// <summary>The parameter <c>interval</c> of counts over time.</summary>
internal static class IntervalParameter
{
    private const string Name = "interval";
    private const long MinutesOfHour = 60;
    private const long MinutesOfDay = 24 * MinutesOfHour;
    private const long MaxMinutes = 10_000L * 366 * MinutesOfDay;

    /// <summary>Describes it.</summary>
    public static QueryParameter Description { get; } = new(
        Name, "The length of a bucket, in minutes, hours or days (5m, 6h, 1d); by default as long as makes about 100 buckets at most.");

    /// <summary>Reads it; <see langword="null"/> where it is not given.</summary>
    public static TimeSpan? Read(QueryReader reader)
    {
        if (reader.Text(Name) is not { } text) return null;
        var minutes = text[^1] switch { 'm' => 1, 'h' => MinutesOfHour, 'd' => MinutesOfDay, _ => 0 };
        return minutes > 0 && long.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && count > 0
            && count <= MaxMinutes / minutes
            ? TimeSpan.FromMinutes(count * minutes)
            : throw new InvalidParameterException(Name, $"'{text}': minutes, hours or days are expected (5m, 6h, 1d).");
    }

    /// <summary>The text of an interval, as answers have it.</summary>
    public static string TextOf(TimeSpan interval)
    {
        var minutes = interval.Ticks / TimeSpan.TicksPerMinute;
        var (count, unit) = minutes % MinutesOfDay == 0 ? (minutes / MinutesOfDay, 'd')
            : minutes % MinutesOfHour == 0 ? (minutes / MinutesOfHour, 'h')
            : (minutes, 'm');
        return string.Create(CultureInfo.InvariantCulture, $"{count}{unit}");
    }
}
