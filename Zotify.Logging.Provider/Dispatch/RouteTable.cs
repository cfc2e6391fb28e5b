using Zotify.Logging.Configuration;

namespace Zotify.Logging.Dispatch;

/// <summary>All routes under one version of the settings. Immutable, but for being superseded.</summary>
internal sealed class RouteTable(IEnumerable<Route> routes, DispatchSettings settings)
{
    private readonly Route[] _routes = [.. routes];
    private volatile bool _isSuperseded;

    /// <summary>The settings it was made from.</summary>
    public DispatchSettings Settings => settings;

    /// <summary>Whether there is a newer one. Every call asks: here it is nearer than the newest table itself.</summary>
    public bool IsSuperseded => _isSuperseded;

    /// <summary>Says that there is a newer one.</summary>
    public void Supersede() => _isSuperseded = true;

    /// <summary>The routes of a logger.</summary>
    public CategoryRoutes For(string category) => new(this, category, _routes);
}
