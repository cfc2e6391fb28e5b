using System.Globalization;
using Zotify.Logging.Web.Commands;

namespace Zotify.Logging.Web;

/// <summary>Runs the program. In a namespace of its own, so that it is not in the way of an application that references this project.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        // What it writes is the same on every machine; invariant globalization would do that, but SQL Server's driver does not run in it.
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        switch (args)
        {
            case ["key", ..]: return ApiKeyCommand.Run(args[1..], Console.Out, Console.Error);
            case ["audit", ..]: return await AuditCommand.RunAsync(args[1..], Console.Out, Console.Error);
            case ["database", ..]: return await DatabaseCommand.RunAsync(args[1..], Console.Out, Console.Error);
        }

        try
        {
            await using var app = WebProgram.Build(args);
            await app.RunAsync();
            return 0;
        }
        catch (Exception exception) when (StartFault.Explain(exception) is { } explanation)
        {
            await StartFault.TellAsync(explanation);
            return 1;
        }
    }
}
