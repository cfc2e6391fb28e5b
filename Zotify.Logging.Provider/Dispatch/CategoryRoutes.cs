using Microsoft.Extensions.Logging;

namespace Zotify.Logging.Dispatch;

/// <summary>The routes of one logger under one version of the settings. Immutable.</summary>
internal sealed class CategoryRoutes
{
    private static readonly Route[] None = [];

    private readonly Route[][] _byLevel = new Route[(int)LogLevel.None][];
    private readonly CallConditions?[] _conditions = new CallConditions?[(int)LogLevel.None];

    public CategoryRoutes(RouteTable table, string category, IReadOnlyList<Route> routes)
    {
        Table = table;
        for (var level = LogLevel.Trace; level < LogLevel.None; level++)
            _byLevel[(int)level] = CallConditions.Of(category, level, table.Settings, routes, out _conditions[(int)level]);
    }

    /// <summary>The table that they come from.</summary>
    public RouteTable Table { get; }

    /// <summary>The routes that may accept the category and this level.</summary>
    public Route[] At(LogLevel level) => (uint)level < (uint)_byLevel.Length ? _byLevel[(int)level] : None;

    /// <summary>The conditions for the calls of a level; <see langword="null"/> where its routes accept all of them.</summary>
    public CallConditions? ConditionsAt(LogLevel level) =>
        (uint)level < (uint)_conditions.Length ? _conditions[(int)level] : null;
}
