using System.Security.Cryptography;
using System.Text;

namespace Zotify.Logging.Provider.Database;

/// <summary>How a job's id fits its column, the same when it is written and when it is asked for.</summary>
internal static class JobIds
{
    private const int HashDigits = 16;

    /// <summary>An id of over 128 characters becomes its first 111, <c>~</c> and 16 hex digits of its SHA-256.</summary>
    public static string Shorten(string id)
    {
        if (id.Length <= ColumnLimits.Name) return id;
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)));
        return $"{ColumnLimits.Cut(id, ColumnLimits.Name - 1 - HashDigits)}~{hash[..HashDigits]}";
    }
}
