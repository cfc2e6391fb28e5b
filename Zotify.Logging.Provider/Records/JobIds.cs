using System.Security.Cryptography;
using System.Text;
using Zotify.Logging.Database;

namespace Zotify.Logging.Records;

/// <summary>How ids of jobs fit their column: what logs a job and what asks for it shorten them alike.</summary>
internal static class JobIds
{
    private const int KeptLength = 111;
    private const int HashDigits = 16;

    /// <summary>
    /// The id itself up to 128 characters; of a longer one the first 111 (one less where that would part a surrogate pair),
    /// <c>~</c>, and the first 16 hex digits of the SHA-256 of the whole id in UTF-8, so that ids with a long common start stay apart.
    /// The same happens to an id that ends with a space: SQL Server holds it for the id without. A NUL becomes U+FFFD, as everywhere in the
    /// tables.
    /// </summary>
    public static string Shorten(string jobId)
    {
        if (jobId.Length <= ColumnLengths.Name && !jobId.EndsWith(' ')) return ColumnText.Fit(jobId);
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(jobId)));
        return $"{ColumnText.Fit(jobId, KeptLength)}~{hash[..HashDigits]}";
    }
}
