using Microsoft.Extensions.Logging;
using Zotify.Logging.Configuration;

namespace Zotify.Logging.Dispatch;

/// <summary>The routes of a logger under one version of the settings. Immutable.</summary>
internal sealed class CategoryRoutes
{
    private static readonly Route[] None = [];

    private readonly string _category;
    private readonly LogLevelRules _rules;
    private readonly Route[][] _byLevel;

    // For each level the filter functions of its routes; null where none has one.
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
            Route[] taking = [.. routes.Where(route => route.Takes(category, level, _rules, out _))];
            var functions = Array.ConvertAll(taking, route => route.Takes(category, level, _rules, out var function) ? function : null);
            _byLevel[(int)level] = taking;
            _functions[(int)level] = Array.TrueForAll(functions, function => function is null) ? null : functions;
        }
    }

    /// <summary>The routes that they are of.</summary>
    public RouteTable Table { get; }

    /// <summary>The routes that category and level alone lead to.</summary>
    public Route[] At(LogLevel level) => (uint)level < (uint)_byLevel.Length ? _byLevel[(int)level] : None;

    /// <summary>Asks the filter functions, each once: a bit for each of the routes of the level that they let through.</summary>
    /// <exception cref="Exception">What a filter function throws reaches the caller of the logger, as with any provider.</exception>
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
