using System.Globalization;
using System.Text;

namespace Zotify.Logging.Benchmarks.Floors;

/// <summary>An audit line as long as this project's lines, made with as little work as possible.</summary>
internal static class AuditBytes
{
    private static readonly byte[] Tail = [.. Encoding.UTF8.GetBytes(new string('x', 460)), (byte)'\n'];

    /// <summary>A line.</summary>
    public static byte[] Of(int attempt) => [.. Encoding.UTF8.GetBytes(attempt.ToString("D10", CultureInfo.InvariantCulture)), .. Tail];
}
