using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Zotify.Logging.Diagnostics;

namespace Zotify.Logging.Configuration;

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
    private readonly IOptionsFactory<LoggerFilterOptions> _filters;
    private readonly GeneralLevelBypass _levels;
    private readonly SelfDiagnostics _diagnostics;
    private readonly IDisposable _reload;
    private readonly ZotifyLoggingOptions _started;
    private readonly Lock _gate = new();
    private volatile ZotifyLoggingOptions _options;
    private volatile DispatchSettings _current;
    private IReadOnlyList<LevelOverride> _overrides = [];
    private string? _told;

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
        // In the settings at once: a reload would refuse them while the configuration is not valid.
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
                Tell($"the change is not valid, the last valid options stay: {exception.Message}");
                return;
            }

            Tell(Pending is { Count: > 0 } pending ? $"wait for the next start: {string.Join(", ", pending)}" : null);
        }

        Changed?.Invoke();
    }

    /// <summary>
    /// One change of the configuration comes twice: as new options, and as new rules of levels. Either time both are read,
    /// so that no record meets the options of one configuration and the levels of another.
    /// </summary>
    private void ReloadWithLevels()
    {
        // The rules that a reload reads itself are no news.
        if (!_gate.IsHeldByCurrentThread) Reload();
    }

    /// <summary>Reports what is not told yet: of one change, once.</summary>
    private void Tell(string? message)
    {
        if (message is not null && message != _told) _diagnostics.Report("configuration", FailureKind.Permanent, message);
        _told = message;
    }

    private DispatchSettings Settings()
    {
        // Making the filters runs the bypass, which hands over the rules.
        _ = _filters.Create(Options.DefaultName);
        return new(_options.Handlers, _levels.Rules, [.. _options.Redact], _options.ShutdownTimeout) { Overrides = _overrides };
    }
}
