using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Configuration;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Zotify.Logging.Provider.Capture;
using Zotify.Logging.Provider.Diagnostics;
using Zotify.Logging.Provider.Dispatch;

namespace Zotify.Logging.Provider.Configuration;

/// <summary>
/// The options in force. Reads them anew whenever the configuration changes; an invalid change is reported and the last
/// valid options stay. Thread-safe.
/// </summary>
/// <remarks>
/// It asks the factory each time instead of the monitor: after an invalid reload, IOptionsMonitor.CurrentValue throws and
/// OnChange stays silent.
/// </remarks>
internal sealed class OptionsSource : IDispatchSettingsSource, IDisposable
{
    private readonly IOptionsFactory<ZotifyLoggingOptions> _factory;
    private readonly GeneralLevelBypass _levels;
    private readonly SelfDiagnostics _diagnostics;
    private readonly IDisposable _reload;
    private readonly ZotifyLoggingOptions _started;
    private readonly Lock _gate = new();
    private volatile ZotifyLoggingOptions _options;
    private volatile DispatchSettings _current;

    /// <exception cref="OptionsValidationException">The options are not valid at start.</exception>
    public OptionsSource(
        IOptionsFactory<ZotifyLoggingOptions> factory,
        IOptionsMonitor<LoggerFilterOptions> filters,
        GeneralLevelBypass levels,
        ILoggerProviderConfiguration<ZotifyLoggerProvider> configuration,
        SelfDiagnostics diagnostics)
    {
        _factory = factory;
        _levels = levels;
        _diagnostics = diagnostics;
        _options = _started = factory.Create(Options.DefaultName);
        // Reading the filters once runs the bypass, which hands over the rules.
        _ = filters.CurrentValue;
        _current = Settings();
        levels.Changed += UseLevels;
        _reload = ChangeToken.OnChange(configuration.Configuration.GetReloadToken, Reload);
    }

    /// <inheritdoc/>
    public DispatchSettings Current => _current;

    /// <summary>The options that the process started with: directory, paths, instance and database hold until the next start.</summary>
    public ZotifyLoggingOptions Started => _started;

    /// <inheritdoc/>
    public IReadOnlyList<string> Pending => PendingChanges.Between(_started, _options);

    /// <inheritdoc/>
    public event Action? Changed;

    /// <inheritdoc/>
    public void Dispose()
    {
        _levels.Changed -= UseLevels;
        _reload.Dispose();
    }

    private void Reload()
    {
        lock (_gate)
        {
            try
            {
                _options = _factory.Create(Options.DefaultName);
            }
            catch (Exception exception)
            {
                _diagnostics.Report("configuration", FailureKind.Permanent, $"the change is not valid, the last valid options stay: {exception.Message}");
                return;
            }

            _current = Settings();
            if (Pending is { Count: > 0 } pending)
                _diagnostics.Report("configuration", FailureKind.Permanent, $"wait for the next start: {string.Join(", ", pending)}");
        }

        Changed?.Invoke();
    }

    private void UseLevels()
    {
        lock (_gate) _current = Settings();
        Changed?.Invoke();
    }

    private DispatchSettings Settings() =>
        new(_options.Handlers, _levels.Rules, [.. _options.Redact], _options.ShutdownTimeout);
}
