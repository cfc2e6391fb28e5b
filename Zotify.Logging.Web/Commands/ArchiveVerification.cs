using Microsoft.Extensions.Options;
using Zotify.Logging.Configuration;
using Zotify.Logging.Journal;
using Zotify.Logging.Queries;
using Zotify.Logging.S3;

namespace Zotify.Logging.Web.Commands;

/// <summary>Proves the audit logs of an archive in S3: downloads their segments into a temporary folder, and verifies these.</summary>
internal static class ArchiveVerification
{
    /// <summary>Verifies every audit log below the address, and writes a report for each.</summary>
    /// <returns>Whether all of them are valid.</returns>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    /// <exception cref="IOException">The storage cannot be read, or the folder cannot be written.</exception>
    public static async Task<bool> RunAsync(
        IServiceProvider services, S3Address address, TextWriter output, CancellationToken cancellationToken)
    {
        var options = services.GetRequiredService<IOptions<S3Options>>().Value;
        var active = Path.GetFileName(services.GetRequiredService<OptionsSource>().Started.Audit.Path);
        var folder = Directory.CreateTempSubdirectory("zotify-archive-");
        try
        {
            var journals = await S3Download.RunAsync(
                options, address, name => SegmentNames.TryParse(active, name, out _), folder.FullName, cancellationToken);
            if (journals.Count == 0) throw new FileNotFoundException($"'{address}' holds no audit log with the name {active}.");
            var isValid = true;
            foreach (var (journal, path) in journals)
            {
                var result = await services.GetRequiredService<AuditVerifier>().VerifyFilesAsync(path, cancellationToken);
                await AuditReport.WriteAsync(result, journal.ToString(), output);
                await AuditReport.WriteEndAsync(result, output);
                isValid &= result.Status == AuditVerificationStatus.Valid;
            }

            return isValid;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
