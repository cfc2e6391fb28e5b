using Zotify.Logging.Configuration;

namespace Zotify.Logging.Dispatch;

/// <summary>All routes under one version of the settings. Immutable, except for <see cref="IsSuperseded"/>.</summary>
internal sealed class RouteTable(IEnumerable<Route> routes, DispatchSettings settings)
{
    private readonly Route[] _routes = [.. routes];
    private volatile bool _isSuperseded;

    /// <summary>The settings it was made from.</summary>
    public DispatchSettings Settings => settings;

    /// <summary>The name of the property or scope value that has a job's id.</summary>
    public string JobKey { get; } = settings.JobKey;

    /// <summary>Whether a newer table exists. Every log call reads it: this flag costs less than fetching the newest table.</summary>
    public bool IsSuperseded => _isSuperseded;

    /// <summary>Marks the table as replaced by a newer one.</summary>
    public void Supersede() => _isSuperseded = true;

    /// <summary>The routes of a logger.</summary>
    public CategoryRoutes For(string category) => new(this, category, _routes);
}
