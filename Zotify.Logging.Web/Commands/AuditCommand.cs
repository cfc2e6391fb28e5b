using System.CommandLine;
using Microsoft.Extensions.Options;
using Zotify.Logging.Queries;
using Zotify.Logging.S3;
using Zotify.Logging.Web.Startup;

namespace Zotify.Logging.Web.Commands;

/// <summary>
/// The command <c>audit verify [path]</c>: proves the configured audit log, copied files of one, or an archive. It locks and writes
/// nothing, so it can be used while the program runs.
/// </summary>
internal static class AuditCommand
{
    private const int Valid = 0;
    private const int NotValid = 1;
    private const int NotVerified = 2;

    /// <summary>The command <c>audit</c>.</summary>
    /// <param name="settings">Settings for the configuration, each as <c>--key=value</c>.</param>
    /// <param name="output">Gets the report.</param>
    /// <param name="error">Gets the reason why nothing was verified.</param>
    public static Command Create(string[] settings, TextWriter output, TextWriter error)
    {
        var path = new Argument<string?>("path")
        {
            Arity = ArgumentArity.ZeroOrOne,
            Description = "A directory, an audit file, a rolled one to begin with, or an archive, s3://bucket/prefix. "
                + "By default the configured directory, compared with its database.",
        };
        var verify = new Command(
            "verify",
            "Proves an audit log. Ends with 0 for a valid one, 1 for one that is not, 2 where nothing could be verified.") { path };
        verify.SetAction((parsed, cancellation) => RunAsync(settings, parsed.GetValue(path), output, error, cancellation));
        return new Command("audit", "The audit log.") { verify };
    }

    /// <summary>Verifies. Returns 0 for a valid log, 1 for one that is not, 2 where nothing could be verified.</summary>
    private static async Task<int> RunAsync(
        string[] settings, string? given, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        try
        {
            await using var services = CommandServices.Build(settings);
            if (given is not null && S3Address.TryParse(given, out var archive))
                return await ArchiveVerification.RunAsync(services, archive, output, cancellationToken) ? Valid : NotValid;
            var verifier = services.GetRequiredService<AuditVerifier>();
            var path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(given ?? verifier.Directory));
            var result = path == Path.TrimEndingDirectorySeparator(verifier.Directory)
                ? await verifier.VerifyWrittenAsync(cancellationToken)
                : await verifier.VerifyFilesAsync(path, cancellationToken);
            if (result is { Status: AuditVerificationStatus.Valid, File: null })
                throw new FileNotFoundException($"'{path}' holds no audit log.");
            await AuditReport.WriteAsync(result, path, output);
            return result.Status == AuditVerificationStatus.Valid ? Valid : NotValid;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or OptionsValidationException)
        {
            await error.WriteLineAsync($"Nothing was verified. {StartupErrors.Explain(exception) ?? exception.Message}");
            return NotVerified;
        }
    }
}
