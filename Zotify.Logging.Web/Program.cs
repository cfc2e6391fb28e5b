using Zotify.Logging.Web;
using Zotify.Logging.Web.Security;

if (args is ["key", ..]) return ApiKeyCommand.Run(args[1..], Console.Out, Console.Error);
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
