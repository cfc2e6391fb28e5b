using Microsoft.Extensions.Options;
using Zotify.Logging.Provider.Queries.Audit;
using Zotify.Logging.Web.Startup;

namespace Zotify.Logging.Web.Commands;

/// <summary>
/// The command <c>audit verify [path]</c>: proves the configured audit log, or copied files of one. It takes no lock and
/// writes nothing, so that the program may be running.
/// </summary>
internal static class AuditCommand
{
    private const int Valid = 0;
    private const int NotValid = 1;
    private const int NotVerified = 2;
    private const string Usage = "usage: audit verify [path of a directory, an audit file or a rolled one] [--<configuration key>=<value>]";

    /// <summary>Runs the command; 0 for a valid log, 1 for one that is not, 2 where nothing could be verified.</summary>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error)
    {
        string[] settings = [.. args.Where(arg => arg.StartsWith("--", StringComparison.Ordinal))];
        if (args.Except(settings).ToArray() is not ["verify", .. { Length: <= 1 } paths])
        {
            await error.WriteLineAsync(Usage);
            return NotVerified;
        }

        try
        {
            var builder = WebApplication.CreateBuilder(settings);
            builder.Logging.AddZotify();
            // Only what verifies is made of it: a logger would open, and lock, the directory.
            await using var services = builder.Services.BuildServiceProvider();
            var verifier = services.GetRequiredService<AuditVerifier>();
            var path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(paths is [var given] ? given : verifier.Directory));
            var result = path == Path.TrimEndingDirectorySeparator(verifier.Directory)
                ? await verifier.VerifyWrittenAsync(CancellationToken.None)
                : await verifier.VerifyFilesAsync(path, CancellationToken.None);
            if (result is { Status: AuditVerificationStatus.Valid, File: null }) throw new FileNotFoundException($"'{path}' holds no audit log.");
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
