using Microsoft.Extensions.Logging;
using Zotify.Logging.Configuration;

namespace Zotify.Logging.Dispatch;

/// <summary>The routes of one logger under one version of the settings. Immutable.</summary>
internal sealed class CategoryRoutes
{
    private static readonly Route[] None = [];

    private readonly string _category;
    private readonly LogLevelRules _rules;
    private readonly Route[][] _byLevel;

    // For each level, the filter functions of its routes; null where no route has one.
    private readonly FilterFunction?[]?[] _functions;

    public CategoryRoutes(RouteTable table, string category, IReadOnlyList<Route> routes)
    {
        Table = table;
        _category = category;
        _rules = table.Settings.Levels;
        _byLevel = new Route[(int)LogLevel.None][];
        _functions = new FilterFunction?[]?[_byLevel.Length];
        for (var level = LogLevel.Trace; level < LogLevel.None; level++)
        {
            Route[] accepting = [.. routes.Where(route => route.Accepts(category, level, _rules, out _))];
            var functions = Array.ConvertAll(
                accepting, route => route.Accepts(category, level, _rules, out var function) ? function : null);
            _byLevel[(int)level] = accepting;
            _functions[(int)level] = Array.TrueForAll(functions, function => function is null) ? null : functions;
        }
    }

    /// <summary>The table that they come from.</summary>
    public RouteTable Table { get; }

    /// <summary>The routes that accept the category and this level.</summary>
    public Route[] At(LogLevel level) => (uint)level < (uint)_byLevel.Length ? _byLevel[(int)level] : None;

    /// <summary>Calls each filter function once. Returns a bit for each route of the level that its function lets through.</summary>
    /// <exception cref="Exception">
    /// A filter function threw. Its exception reaches the caller of the logger, as with any provider.
    /// </exception>
    public ulong Passed(LogLevel level) =>
        (uint)level < (uint)_functions.Length && _functions[(int)level] is { } functions ? Ask(functions, level) : ulong.MaxValue;

    private ulong Ask(FilterFunction?[] functions, LogLevel level)
    {
        ulong passed = 0;
        FilterFunction? asked = null;
        var answer = true;
        for (var i = 0; i < functions.Length; i++)
        {
            if (functions[i] is { } function && function != asked)
            {
                asked = function;
                answer = _rules.Ask(function, _category, level);
            }

            if (functions[i] is null || answer) passed |= 1UL << i;
        }

        return passed;
    }
}
