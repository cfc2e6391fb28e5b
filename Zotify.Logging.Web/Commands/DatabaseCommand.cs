using System.Data.Common;
using Microsoft.Extensions.Options;
using Zotify.Logging.Provider.Database;
using Zotify.Logging.Web.Startup;

namespace Zotify.Logging.Web.Commands;

/// <summary>
/// The commands <c>database migrate</c>, which brings the configured database's tables up to this version, and
/// <c>database script</c>, which prints what does it and opens no connection.
/// </summary>
internal static class DatabaseCommand
{
    private const int Done = 0;
    private const int Failed = 1;
    private const int NotUnderstood = 2;
    private const string Usage = "usage: database migrate|script [--<configuration key>=<value>]";

    /// <summary>Runs the command; 0, 1 where the database did not do it, 2 where the command or the configuration was not understood.</summary>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error, CancellationToken cancellationToken = default)
    {
        string[] settings = [.. args.Where(arg => arg.StartsWith("--", StringComparison.Ordinal))];
        if (args.Except(settings).ToArray() is not [("migrate" or "script") and var command])
        {
            await error.WriteLineAsync(Usage);
            return NotUnderstood;
        }

        try
        {
            var builder = WebApplication.CreateBuilder(settings);
            builder.Logging.AddZotify();
            // Only the database is made of it: a logger would open, and lock, the directory.
            await using var services = builder.Services.BuildServiceProvider();
            var schema = services.GetRequiredService<LoggingSchema>();
            if (command == "script")
            {
                await output.WriteAsync(schema.Script());
                return Done;
            }

            await schema.MigrateAsync(cancellationToken);
            await output.WriteLineAsync("The tables are of this version.");
            return Done;
        }
        catch (OptionsValidationException exception)
        {
            await error.WriteLineAsync(StartupErrors.Explain(exception));
            return NotUnderstood;
        }
        catch (Exception exception) when (exception is DbException or IOException or UnauthorizedAccessException or TimeoutException)
        {
            await error.WriteLineAsync($"The tables are as they were. {exception.Message}");
            return Failed;
        }
    }
}
