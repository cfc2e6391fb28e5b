using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Zotify.Logging.Common;
using Zotify.Logging.Diagnostics;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Alerts;

/// <summary>An application that sends alerts.</summary>
internal sealed class AlertHost : IAsyncDisposable
{
    public static readonly EventId Login = new(1001, "user.login");

    private readonly IHost _host;
    private readonly string _folder;

    private AlertHost(IHost host, string folder, StringWriter stderr) => (_host, _folder, Stderr) = (host, folder, stderr);

    /// <summary>The library's reports about itself.</summary>
    public StringWriter Stderr { get; }

    public IServiceProvider Services => _host.Services;

    public LoggingService Service => Services.GetRequiredService<LoggingService>();

    public ILogger Logger => Services.GetRequiredService<ILoggerFactory>().CreateLogger("Shop");

    /// <summary>The lines of the active audit file.</summary>
    public string[] AuditLines => LiveFile.Lines(Path.Combine(_folder, "logs/audit.log.json"));

    /// <summary>Builds one.</summary>
    /// <param name="folder">Its content root.</param>
    /// <param name="url">The receiver; null for none.</param>
    /// <param name="time">The clock of the logging; null for the system's.</param>
    /// <param name="settings">Further settings; of several of one key, the last one.</param>
    public static AlertHost Build(string folder, string? url, FakeTimeProvider? time, params (string Key, string? Value)[] settings) =>
        Build(folder, url, time, _ => { }, settings);

    /// <inheritdoc cref="Build(string, string, FakeTimeProvider, ValueTuple{string, string}[])"/>
    public static AlertHost Build(
        string folder, string? url, FakeTimeProvider? time, Action<IServiceCollection> add, params (string Key, string? Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(
            new HostApplicationBuilderSettings { ContentRootPath = folder, ApplicationName = "shop" });
        (string, string?)[] webhook = url is null ? [] : [("Zotify:Webhook:Url", url), ("Zotify:Webhook:Secret", AlertReceiver.Secret)];
        builder.Configuration.AddInMemoryCollection(
            webhook.Concat(settings).GroupBy(setting => setting.Item1).ToDictionary(known => known.Key, known => known.Last().Item2));
        builder.Logging.AddConfiguration(builder.Configuration.GetSection("Logging"));
        if (time is not null) builder.Services.AddKeyedSingleton<TimeProvider>(LoggingClock.Key, time);
        builder.AddZotifyLogs();
        var stderr = new StringWriter();
        builder.Services.AddSingleton(new SelfDiagnostics(TimeProvider.System, TextWriter.Synchronized(stderr)));
        add(builder.Services);
        return new AlertHost(builder.Build(), folder, stderr);
    }

    /// <summary>Builds and starts one.</summary>
    public static Task<AlertHost> StartAsync(
        string folder, string? url, FakeTimeProvider? time, CancellationToken cancellationToken,
        params (string Key, string? Value)[] settings) => Build(folder, url, time, settings).StartedAsync(cancellationToken);

    public async Task<AlertHost> StartedAsync(CancellationToken cancellationToken)
    {
        await _host.StartAsync(cancellationToken);
        return this;
    }

    /// <summary>Changes the configuration while the host runs.</summary>
    public void Change(params (string Key, string? Value)[] settings)
    {
        var configuration = (IConfigurationRoot)Services.GetRequiredService<IConfiguration>();
        foreach (var (key, value) in settings) configuration[key] = value;
        configuration.Reload();
    }

    /// <summary>The present health.</summary>
    public async Task<HealthReportEntry> HealthAsync(CancellationToken cancellationToken) =>
        (await Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(cancellationToken)).Entries["zotify"];

    /// <summary>Logs an audit event of a user.</summary>
    public void LogIn(string user) => Logger.LogInformation(Login, "User {user_id} logged in", user);

    /// <summary>Returns when everything logged before was evaluated. A fake clock moves by some seconds: lines are gathered for a moment.</summary>
    public async Task EvaluatedAsync(FakeTimeProvider? time, CancellationToken cancellationToken)
    {
        await Service.FlushAsync(FlushTo.Disk, cancellationToken);
        while (Service.Handlers.SelectMany(handler => handler.Targets).Any(target => target.Behind > 0))
        {
            time?.Advance(TimeSpan.FromMilliseconds(500));
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, cancellationToken);
        }
    }

    /// <summary>Returns when an event is in the audit log.</summary>
    public async Task UntilAuditedAsync(string text, int count, CancellationToken cancellationToken)
    {
        while (AuditLines.Count(line => line.Contains(text, StringComparison.Ordinal)) < count)
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
    }
}
