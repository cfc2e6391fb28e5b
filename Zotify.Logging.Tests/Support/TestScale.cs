using System.Globalization;

namespace Zotify.Logging.Tests.Support;

/// <summary>The size of tests whose full size would be too slow for every run.</summary>
internal static class TestScale
{
    /// <summary>How many times the small size: 1 by default; 20, set by <c>ZOTIFY_TEST_SCALE</c>, is the full size.</summary>
    public static int Factor { get; } = int.Parse(
        Environment.GetEnvironmentVariable("ZOTIFY_TEST_SCALE") ?? "1", CultureInfo.InvariantCulture);
}
