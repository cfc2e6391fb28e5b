using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Zotify.Logging.Diagnostics;

namespace Zotify.Logging.Configuration;

/// <summary>
/// The options in force. Reads them again whenever the configuration changes. An invalid change is reported, and the last valid options
/// stay. Thread-safe.
/// </summary>
/// <remarks>
/// It uses the factory and not the monitor: after an invalid reload, IOptionsMonitor.CurrentValue throws and OnChange is not called.
/// </remarks>
internal sealed class OptionsSource : IDispatchSettingsSource, IDisposable
{
    private readonly IOptionsFactory<ZotifyLoggingOptions> _factory;
    private readonly IOptionsFactory<LoggerFilterOptions> _filters;
    private readonly GeneralLevelBypass _levels;
    private readonly SelfDiagnostics _diagnostics;
    private readonly IDisposable _reload;
    private readonly ZotifyLoggingOptions _started;
    private readonly Lock _gate = new();
    private volatile ZotifyLoggingOptions _options;
    private volatile DispatchSettings _current;
    private IReadOnlyList<LevelOverride> _overrides = [];
    private string? _reported;

    /// <exception cref="OptionsValidationException">The options are not valid at start.</exception>
    public OptionsSource(
        IOptionsFactory<ZotifyLoggingOptions> factory,
        IOptionsFactory<LoggerFilterOptions> filters,
        GeneralLevelBypass levels,
        ProviderSection section,
        SelfDiagnostics diagnostics)
    {
        _factory = factory;
        _filters = filters;
        _levels = levels;
        _diagnostics = diagnostics;
        _options = _started = factory.Create(Options.DefaultName);
        if (string.Join("; ", ForeignPaths.Find(_started)) is { Length: > 0 } warning)
            diagnostics.Report("configuration", FailureKind.Permanent, warning);
        _current = Settings();
        levels.InForce = () => _current;
        levels.Changed += ReloadWithLevels;
        _reload = ChangeToken.OnChange(section.Configuration.GetReloadToken, Reload);
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
    public void Override(IReadOnlyList<LevelOverride> overrides)
    {
        // Change the settings directly: a reload would refuse the overrides while the configuration is not valid.
        lock (_gate) _current = _current with { Overrides = _overrides = overrides };
        Changed?.Invoke();
        _levels.Refresh();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _levels.Changed -= ReloadWithLevels;
        _reload.Dispose();
    }

    private void Reload()
    {
        lock (_gate)
        {
            try
            {
                _options = _factory.Create(Options.DefaultName);
                _current = Settings();
            }
            catch (Exception exception)
            {
                ReportOnce($"the change is not valid, the last valid options stay: {exception.Message}");
                return;
            }

            ReportOnce(Pending is { Count: > 0 } pending ? $"wait for the next start: {string.Join(", ", pending)}" : null);
        }

        Changed?.Invoke();
    }

    /// <summary>
    /// A change of the configuration arrives twice: as new options, and as new level rules. Both are read each time, so that no record
    /// meets the options of one configuration and the levels of another.
    /// </summary>
    private void ReloadWithLevels()
    {
        // A reload raises this event itself when it reads the rules.
        if (!_gate.IsHeldByCurrentThread) Reload();
    }

    /// <summary>Reports a message, but not the same one twice in a row.</summary>
    private void ReportOnce(string? message)
    {
        if (message is not null && message != _reported) _diagnostics.Report("configuration", FailureKind.Permanent, message);
        _reported = message;
    }

    private DispatchSettings Settings()
    {
        // Creating the filter options runs GeneralLevelBypass, which updates the rules.
        _ = _filters.Create(Options.DefaultName);
        return new(_options.Handlers, _levels.Rules, [.. _options.Redact], _options.ShutdownTimeout) { Overrides = _overrides };
    }
}
