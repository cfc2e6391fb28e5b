using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Web;

namespace Zotify.Logging.Tests.Support.Children;

/// <summary>
/// The web project, configured by its arguments. It prints its address; then, for each line of its input, it logs an audit event with that
/// text, and prints <c>acknowledged</c>, or what the call threw. All on one thread.
/// </summary>
internal sealed class AuditedWeb : IChild
{
    public const string Acknowledged = "acknowledged";

    public async Task<int> RunAsync(string[] arguments)
    {
        await using var app = WebProgram.Build(arguments);
        await app.StartAsync();
        Console.Out.WriteLine(app.Urls.Single());
        var logger = app.Services.GetRequiredService<ILogger<AuditedWeb>>();
        var done = new TaskCompletionSource();
        new Thread(() =>
        {
            while (Console.In.ReadLine() is { } text) Console.Out.WriteLine(Log(logger, text));
            done.SetResult();
        }).Start();
        await done.Task;
        await app.StopAsync();
        return 0;
    }

    private static string Log(ILogger logger, string text)
    {
        try
        {
            logger.LogInformation(new EventId(1001, "user.login"), "{text}", text);
            return Acknowledged;
        }
        catch (AggregateException exception)
        {
            return exception.InnerExceptions[0].Message.ReplaceLineEndings(" ");
        }
    }
}
