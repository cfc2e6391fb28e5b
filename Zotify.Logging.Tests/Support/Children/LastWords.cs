using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Zotify.Logging.Tests.Support.Children;

/// <summary>
/// A program of the kind that its first argument names, <c>plain</c>, <c>host</c> or <c>web</c>, whose last words are logged by handlers of
/// its own. Its second argument determines how it ends: <c>throw</c>, <c>return</c>, <c>exit</c>, or <c>wait</c>, at a signal; then it prints
/// <c>waiting</c> first.
/// </summary>
internal sealed class LastWords : IChild
{
    private static readonly EventId Word = new(1001, "user.word");

    private ILogger? _logger;

    public async Task<int> RunAsync(string[] arguments)
    {
        // Subscribe before the logging does.
        Subscribe("subscribed earlier");
        var (kind, how) = (arguments[0], arguments[1]);
        switch (kind)
        {
            case "plain":
                using (var factory = LoggerFactory.Create(logging => logging.AddZotify()))
                    await SpeakAsync(factory, how, () => how == "wait" ? ForEverAsync() : Task.CompletedTask);
                break;
            case "host":
                var host = Host.CreateApplicationBuilder();
                host.Logging.ClearProviders().AddZotify();
                await RunAsync(host.Build(), how);
                break;
            case "web":
                var web = WebApplication.CreateSlimBuilder();
                web.Logging.ClearProviders().AddZotify();
                web.WebHost.UseUrls("http://127.0.0.1:0");
                await RunAsync(web.Build(), how);
                break;
        }

        Log("after the run");
        if (how == "exit") Environment.Exit(3);
        return 0;
    }

    private async Task RunAsync(IHost host, string how)
    {
        var started = new TaskCompletionSource();
        var lifetime = host.Services.GetRequiredService<IHostApplicationLifetime>();
        lifetime.ApplicationStarted.Register(started.SetResult);
        var run = host.RunAsync();
        await started.Task;
        await SpeakAsync(
            host.Services.GetRequiredService<ILoggerFactory>(),
            how,
            () =>
            {
                if (how != "wait") lifetime.StopApplication();
                return run;
            });
    }

    private async Task SpeakAsync(ILoggerFactory factory, string how, Func<Task> endAsync)
    {
        _logger = factory.CreateLogger("Words");
        Log("first");
        Subscribe("subscribed later");
        if (how == "throw")
        {
            new Thread(() => throw new InvalidOperationException("the program failed")).Start();
            await ForEverAsync();
        }

        if (how == "wait") await Console.Out.WriteLineAsync("waiting");
        await endAsync();
    }

    private static Task ForEverAsync() => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System);

    private void Subscribe(string when)
    {
        AppDomain.CurrentDomain.UnhandledException += (_, e) =>
            _logger!.LogCritical(Word, (Exception)e.ExceptionObject, "{word} of {job_id}", $"unhandled, {when}", "j1");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Log($"exit, {when}");
    }

    private void Log(string word) => _logger!.LogInformation(Word, "{word} of {job_id}", word, "j1");
}
