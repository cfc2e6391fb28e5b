using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Diagnostics;

namespace Zotify.Logging.Tests.Integrations;

/// <summary>A host that sends its journals to a target. On the system's clock: the sending waits a little for more.</summary>
internal sealed class ShippingHost : IAsyncDisposable
{
    public static readonly EventId Login = new(1001, "user.login");

    private readonly IHost _host;

    private ShippingHost(IHost host, StringWriter stderr) => (_host, Stderr) = (host, stderr);

    /// <summary>The library's reports about itself.</summary>
    public StringWriter Stderr { get; }

    public LoggingService Service => Services.GetRequiredService<LoggingService>();

    public IServiceProvider Services => _host.Services;

    public ILogger Logger => Services.GetRequiredService<ILoggerFactory>().CreateLogger("Shop");

    /// <summary>Builds one.</summary>
    public static ShippingHost Build(string folder, Action<ILoggingBuilder> target, IEnumerable<(string Key, string? Value)> settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(
            new HostApplicationBuilderSettings { ContentRootPath = folder, ApplicationName = "shop" });
        builder.Configuration.AddInMemoryCollection(
            settings.Where(setting => setting.Value is not null).ToDictionary(setting => setting.Key, setting => setting.Value));
        builder.Logging.AddConfiguration(builder.Configuration.GetSection("Logging"));
        target(builder.Logging.AddZotify());
        var stderr = new StringWriter();
        builder.Services.AddSingleton(new SelfDiagnostics(TimeProvider.System, TextWriter.Synchronized(stderr)));
        return new ShippingHost(builder.Build(), stderr);
    }

    /// <summary>Starts it.</summary>
    public async Task<ShippingHost> StartAsync(CancellationToken cancellationToken)
    {
        await _host.StartAsync(cancellationToken);
        return this;
    }

    /// <summary>The state of the target for a handler.</summary>
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
