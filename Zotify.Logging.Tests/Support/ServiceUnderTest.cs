using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Capture;
using Zotify.Logging.Configuration;
using Zotify.Logging.Diagnostics;
using Zotify.Logging.Dispatch;
using Zotify.Logging.Handlers;

namespace Zotify.Logging.Tests.Support;

/// <summary>A service with the given handlers, and loggers that feed it through a real LoggerFactory.</summary>
internal sealed class ServiceUnderTest : IDispatchSettingsSource, IAsyncDisposable
{
    private readonly Dictionary<string, LogHandlerOptions> _options = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<HandlerRegistration> _registrations = [];
    private LoggingService? _service;
    private LoggerFactory? _factory;

    public DispatchSettings Current { get; private set; } = null!;

    public IReadOnlyList<string> Pending { get; set; } = [];

    public event Action? Changed;

    public IReadOnlyList<string> Redact { get; init; } = ["password", "token"];

    public LogLevelRules Levels { get; init; } = LogLevelRules.None;

    public TimeSpan ShutdownTimeout { get; init; } = TimeSpan.FromSeconds(30);

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public StringWriter Stderr { get; } = new();

    public LoggingService Service => _service ?? Start();

    public ServiceUnderTest With(BaseLogHandler handler, LogHandlerOptions? options = null, string? name = null) =>
        With(_ => handler, handler.GetType(), options, name);

    public ServiceUnderTest With(
        Func<IServiceProvider, BaseLogHandler> create, Type type, LogHandlerOptions? options = null, string? name = null)
    {
        name ??= $"Handler{_registrations.Count + 1}";
        _registrations.Add(new HandlerRegistration(name, type, services => () => create(services)));
        _options[name] = options ?? new LogHandlerOptions { MinimumLevel = LogLevel.Trace };
        return this;
    }

    public ILogger Logger(string category = "Zotify.Tests")
    {
        if (_factory is null)
        {
            _factory = new LoggerFactory([], new LoggerFilterOptions { MinLevel = LogLevel.Trace });
            _factory.AddProvider(new ZotifyLoggerProvider(Service, Time));
        }

        return _factory.CreateLogger(category);
    }

    public void Change(string name, LogHandlerOptions options)
    {
        Current =
            Current with { Handlers = new Dictionary<string, LogHandlerOptions>(Current.Handlers, StringComparer.OrdinalIgnoreCase) { [name] = options } };
        Changed?.Invoke();
    }

    public void Override(IReadOnlyList<LevelOverride> overrides)
    {
        Current = Current with { Overrides = overrides };
        Changed?.Invoke();
    }

    public HandlerStatus Status(string name = "Handler1") => Service.Handlers.Single(handler => handler.Name == name);

    public async ValueTask DisposeAsync()
    {
        if (_service is not null) await _service.DisposeAsync();
        _factory?.Dispose();
    }

    private LoggingService Start()
    {
        Current = new DispatchSettings(_options, Levels, Redact, ShutdownTimeout);
        var services = new ServiceCollection().BuildServiceProvider();
        return _service = new LoggingService(
            _registrations,
            this,
            services,
            Time,
            new SelfDiagnostics(TimeProvider.System, TextWriter.Synchronized(Stderr)),
            heedsSignals: false);
    }
}
