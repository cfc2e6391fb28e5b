using System.Globalization;
using Zotify.Logging.Web.Commands;
using Zotify.Logging.Web.Startup;

namespace Zotify.Logging.Web;

/// <summary>Runs the program.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        // The output must be the same on every machine. Invariant globalization would have the same effect, but SQL Server's driver does
        // not support it.
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        return await CommandLine.RunAsync(args, ServeAsync, Console.Out, Console.Error);
    }

    private static async Task<int> ServeAsync(string[] settings)
    {
        try
        {
            await using var app = WebProgram.Build(settings);
            await app.RunAsync();
            return 0;
        }
        catch (Exception exception) when (StartupErrors.Explain(exception) is { } explanation)
        {
            await StartupErrors.WriteAsync(explanation);
            return 1;
        }
    }
}
