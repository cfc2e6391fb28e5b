using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Diagnostics;

namespace Zotify.Logging.Tests.Integrations;

/// <summary>A host that sends its journals to a collector. On the system's clock: the sending waits a little for more.</summary>
internal sealed class OtlpHost : IAsyncDisposable
{
    public static readonly EventId Login = new(1001, "user.login");

    private readonly IHost _host;

    private OtlpHost(IHost host, StringWriter stderr) => (_host, Stderr) = (host, stderr);

    /// <summary>The library's reports about itself.</summary>
    public StringWriter Stderr { get; }

    public LoggingService Service => Services.GetRequiredService<LoggingService>();

    public IServiceProvider Services => _host.Services;

    public ILogger Logger => Services.GetRequiredService<ILoggerFactory>().CreateLogger("Shop");

    /// <summary>Builds one.</summary>
    public static OtlpHost Build(string folder, string? endpoint, params (string Key, string? Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(
            new HostApplicationBuilderSettings { ContentRootPath = folder, ApplicationName = "shop" });
        builder.Configuration.AddInMemoryCollection(
            settings.Append(("Logging:Zotify:Otlp:Endpoint", endpoint)).Where(setting => setting.Item2 is not null)
                .ToDictionary(setting => setting.Item1, setting => setting.Item2));
        builder.Logging.AddConfiguration(builder.Configuration.GetSection("Logging"));
        builder.Logging.AddZotify().AddZotifyOtlp();
        var stderr = new StringWriter();
        builder.Services.AddSingleton(new SelfDiagnostics(TimeProvider.System, TextWriter.Synchronized(stderr)));
        return new OtlpHost(builder.Build(), stderr);
    }

    /// <summary>Builds and starts one.</summary>
    public static async Task<OtlpHost> StartAsync(
        string folder, string endpoint, CancellationToken cancellationToken, params (string Key, string? Value)[] settings)
    {
        var host = Build(folder, endpoint, settings);
        await host._host.StartAsync(cancellationToken);
        return host;
    }

    /// <summary>The state of the collector for a handler.</summary>
    public TargetStatus Target(string handler = "Audit") =>
        Service.Handlers.Single(status => status.Name == handler).Targets.Single();

    /// <summary>Returns when the state is as a condition says.</summary>
    public async Task UntilAsync(Func<TargetStatus, bool> condition, CancellationToken cancellationToken)
    {
        while (!condition(Target())) await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
    }
}
