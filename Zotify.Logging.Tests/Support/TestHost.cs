using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Zotify.Logging.Common;
using Zotify.Logging.Configuration;
using Zotify.Logging.Diagnostics;

namespace Zotify.Logging.Tests.Support;

/// <summary>A real host with Zotify logging, its content root a folder that is deleted at the end.</summary>
internal sealed class TestHost : IAsyncDisposable
{
    private readonly DirectoryInfo _root;
    private readonly bool _ownsRoot;
    private readonly Dictionary<string, string?> _settings;
    private IHost? _host;

    /// <param name="settings">Keys as they are written in the configuration.</param>
    public TestHost(params (string Key, string? Value)[] settings)
        : this(Directory.CreateTempSubdirectory("zotify-host-"), ownsRoot: true, settings)
    {
    }

    private TestHost(DirectoryInfo root, bool ownsRoot, (string Key, string? Value)[] settings)
    {
        _root = root;
        _ownsRoot = ownsRoot;
        _settings = settings.ToDictionary(setting => setting.Key, setting => setting.Value);
    }

    /// <summary>Further configuration in code besides <c>AddZotify()</c>.</summary>
    public Action<ILoggingBuilder> Logging { get; init; } = _ => { };

    /// <summary>Does not advance by itself, so that no timeout of the library ends while a test waits for it.</summary>
    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 23, 15, 6, 10, TimeSpan.Zero));

    /// <summary>The library's reports about itself.</summary>
    public StringWriter Stderr { get; } = new();

    public IServiceProvider Services => _host!.Services;

    public LoggingService Service => Services.GetRequiredService<LoggingService>();

    public OptionsSource Options => Services.GetRequiredService<OptionsSource>();

    public string Root => _root.FullName;

    /// <summary>A host in a folder that the caller owns.</summary>
    public static TestHost In(DirectoryInfo root, params (string Key, string? Value)[] settings) => new(root, ownsRoot: false, settings);

    /// <summary>A host in a folder that the caller owns, with more than <c>AddZotify()</c>.</summary>
    public static TestHost In(DirectoryInfo root, Action<ILoggingBuilder> logging, params (string Key, string? Value)[] settings) =>
        new(root, ownsRoot: false, settings) { Logging = logging };

    /// <summary>The same folder, for another run.</summary>
    public TestHost Again(params (string Key, string? Value)[] settings) => new(_root, ownsRoot: false, settings);

    public Task<TestHost> StartAsync(CancellationToken cancellationToken = default) => StartAsync(null, cancellationToken);

    /// <summary>Starts with a settings file besides the keys.</summary>
    public async Task<TestHost> StartAsync(Stream? settingsFile, CancellationToken cancellationToken)
    {
        var builder = Host.CreateEmptyApplicationBuilder(
            new HostApplicationBuilderSettings { ContentRootPath = Root, ApplicationName = "tests" });
        if (settingsFile is not null) builder.Configuration.AddJsonStream(settingsFile);
        builder.Configuration.AddInMemoryCollection(_settings);
        builder.Logging.AddConfiguration(builder.Configuration.GetSection("Logging"));
        builder.Services.AddKeyedSingleton<TimeProvider>(LoggingClock.Key, Time);
        builder.Logging.AddZotify().AddZotifySqlServer();
        Logging(builder.Logging);
        builder.Services.AddSingleton(new SelfDiagnostics(TimeProvider.System, TextWriter.Synchronized(Stderr)));
        _host = builder.Build();
        await _host.StartAsync(cancellationToken);
        return this;
    }

    public ILogger Logger(string category = "Shop.Orders") => Services.GetRequiredService<ILoggerFactory>().CreateLogger(category);

    /// <summary>Changes the configuration while the host runs.</summary>
    public void Change(params (string Key, string? Value)[] settings)
    {
        var configuration = (IConfigurationRoot)Services.GetRequiredService<IConfiguration>();
        foreach (var (key, value) in settings) configuration[key] = value;
        configuration.Reload();
    }

    public string PathOf(string name) => Path.Combine(Root, name);

    /// <summary>The lines of a file that the host may be writing, or delete meanwhile; none where there is no file.</summary>
    public string[] Lines(string name)
    {
        try
        {
            return LiveFile.Lines(PathOf(name));
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return [];
        }
    }

    public string[] SystemLines => Lines("logs/zotify_api.log");

    /// <summary>The lines of the audit events that a test logged.</summary>
    public string[] AuditLines =>
        [.. AllAuditLines.Where(line => !line.Contains("\"category\":\"Zotify.Logging\"", StringComparison.Ordinal))];

    /// <summary>The lines of the audit log, including its self events.</summary>
    public string[] AllAuditLines => Lines("logs/audit.log.json");

    public string[] JobLines => Lines("logs/job_logs.json");

    /// <summary>A number from an SQL query.</summary>
    public long Scalar(string sql) => DatabaseFile.Scalar(PathOf("logs/zotify.db"), sql);

    public Task FlushAsync(FlushTo target, CancellationToken cancellationToken) => Service.FlushAsync(target, cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => _host!.StopAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_host is IAsyncDisposable host) await host.DisposeAsync();
        if (_ownsRoot) _root.DeleteAll();
    }
}
