using System.Security.Cryptography;
using System.Text;

namespace Zotify.Logging.Records;

/// <summary>Shortens job ids to fit their column. Logging and queries shorten them alike.</summary>
internal static class JobIds
{
    private const int KeptLength = 111;
    private const int HashDigits = 16;

    /// <summary>
    /// Returns an id of up to 128 characters itself. A longer one becomes its first 111 characters (one less where that would split a
    /// surrogate pair), <c>~</c>, and the first 16 hex digits of the SHA-256 of the whole id in UTF-8, so that ids with a long common start
    /// stay distinct. An id that ends with a space is shortened in the same way, because SQL Server ignores that space. A NUL becomes
    /// U+FFFD, as everywhere in the tables.
    /// </summary>
    public static string Shorten(string jobId)
    {
        if (jobId.Length <= ColumnLengths.Name && !jobId.EndsWith(' ')) return ColumnText.Fit(jobId);
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(jobId)));
        return $"{ColumnText.Fit(jobId, KeptLength)}~{hash[..HashDigits]}";
    }
}
