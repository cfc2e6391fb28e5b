using System.Globalization;
using Zotify.Logging.Web;
using Zotify.Logging.Web.Commands;
using Zotify.Logging.Web.Security;

// What it writes is the same on every machine; invariant globalization would do that, but SQL Server's driver does not run in it.
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

if (args is ["key", ..]) return ApiKeyCommand.Run(args[1..], Console.Out, Console.Error);
if (args is ["database", ..]) return await DatabaseCommand.RunAsync(args[1..], Console.Out, Console.Error);
try
{
    await using var app = WebProgram.Build(args);
    await app.RunAsync();
    return 0;
}
catch (Exception exception) when (StartFault.Explain(exception) is { } explanation)
{
    await Console.Error.WriteLineAsync(explanation);
    return 1;
}
