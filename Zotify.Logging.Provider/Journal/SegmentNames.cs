using System.Globalization;

namespace Zotify.Logging.Journal;

/// <summary>The names of segments, without any I/O. The active one has the configured name; a rolled one also its first number.</summary>
internal static class SegmentNames
{
    private const int Digits = 20;

    /// <summary><c>audit.log.json</c> rolled with first number 17 is <c>audit.log.00000000000000000017.json</c>.</summary>
    public static string Rolled(string active, long firstSeq)
    {
        var extension = Path.GetExtension(active);
        return string.Create(CultureInfo.InvariantCulture, $"{active[..^extension.Length]}.{firstSeq:D20}{extension}");
    }

    /// <summary>Reads the first number from the name of a rolled segment.</summary>
    public static bool TryParse(string active, string name, out long firstSeq)
    {
        var extension = Path.GetExtension(active);
        var prefix = active[..^extension.Length] + ".";
        firstSeq = 0;
        return name.Length == prefix.Length + Digits + extension.Length
            && name.StartsWith(prefix, StringComparison.Ordinal)
            && name.EndsWith(extension, StringComparison.Ordinal)
            && long.TryParse(name.AsSpan(prefix.Length, Digits), NumberStyles.None, CultureInfo.InvariantCulture, out firstSeq);
    }
}
