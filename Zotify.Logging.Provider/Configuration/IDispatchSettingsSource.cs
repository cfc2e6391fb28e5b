namespace Zotify.Logging.Configuration;

/// <summary>Provides the settings in force. Thread-safe.</summary>
internal interface IDispatchSettingsSource
{
    /// <summary>The last valid settings.</summary>
    DispatchSettings Current { get; }

    /// <summary>The full keys that were changed since the start and take effect at the next one.</summary>
    IReadOnlyList<string> Pending { get; }

    /// <summary>Raised after <see cref="Current"/> changed.</summary>
    event Action? Changed;

    /// <summary>Replaces the overrides of levels in <see cref="Current"/>, and makes LoggerFactory pass on their calls.</summary>
    void Override(IReadOnlyList<LevelOverride> overrides);
}
