using Microsoft.Extensions.Logging;

namespace Zotify.Logging.Provider.Dispatch;

/// <summary>All routes under one version of the settings. Immutable.</summary>
internal sealed class RouteTable(IEnumerable<Route> routes, DispatchSettings settings)
{
    private readonly Route[] _routes = [.. routes];

    /// <summary>The settings it was made from.</summary>
    public DispatchSettings Settings => settings;

    /// <summary>The routes of a logger for each level, <see cref="LogLevel.Trace"/> to <see cref="LogLevel.Critical"/>.</summary>
    public Route[][] For(string category)
    {
        var levels = new Route[(int)LogLevel.None][];
        for (var level = LogLevel.Trace; level < LogLevel.None; level++)
            levels[(int)level] = Array.FindAll(_routes, route => route.Takes(category, level, settings.Levels));
        return levels;
    }
}
