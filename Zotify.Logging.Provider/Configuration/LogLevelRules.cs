using Microsoft.Extensions.Logging;
using Zotify.Logging.Handlers;

namespace Zotify.Logging.Configuration;

/// <summary>
/// <c>Logging:LogLevel</c> and <c>AddFilter</c>, evaluated for one provider as LoggerFactory evaluates them: the rules of the provider
/// before the general ones, then the longest category prefix, then the last rule. Immutable.
/// </summary>
/// <remarks>
/// LoggerFactory would apply one outcome to the whole provider, but handlers differ (<see cref="LogHandlerOptions.ObeysGlobalLogLevel"/>).
/// So LoggerFactory gets the lowest of their levels, and the same rules are applied for each handler. Source of the order:
/// Microsoft.Extensions.Logging, "How filtering rules are applied".
/// </remarks>
internal sealed class LogLevelRules(IEnumerable<LoggerFilterRule> rules, LogLevel minimum, string providerName, string providerAlias)
{
    private readonly LoggerFilterRule[] _rules = [.. rules];

    // One delegate for each rule, so that two routes with the same rule call it only once.
    private readonly Dictionary<LoggerFilterRule, FilterFunction> _functions =
        rules.Where(rule => rule.Filter is not null).Distinct().ToDictionary(rule => rule, rule => new FilterFunction(rule.Filter!));

    /// <summary>Allows everything.</summary>
    public static LogLevelRules None { get; } = new([], LogLevel.Trace, "", "");

    /// <summary>
    /// Whether the rules allow a record now. <paramref name="general"/>: whether rules without a provider count.
    /// </summary>
    public bool Allow(string category, LogLevel level, bool general) =>
        Allow(category, level, general, out var function) && (function is null || Ask(function, category, level));

    /// <summary>Whether the rules allow records of a category and level at all.</summary>
    /// <param name="category">The logger's name.</param>
    /// <param name="level">The level of its calls.</param>
    /// <param name="general">Whether rules without a provider count.</param>
    /// <param name="function">The filter function of the rule that applies, to be called for every record; <see langword="null"/> where it
    /// has none.</param>
    public bool Allow(string category, LogLevel level, bool general, out FilterFunction? function)
    {
        LoggerFilterRule? best = null;
        foreach (var rule in _rules)
            if (Counts(rule, general) && Matches(rule.CategoryName, category) && IsBetter(rule, best)) best = rule;

        function = best is null ? null : _functions.GetValueOrDefault(best);
        return level >= (best is null ? Otherwise(general) : best.LogLevel ?? LogLevel.Trace);
    }

    /// <summary>Whether others have the same outcome for certain.</summary>
    public bool IsSameAs(LogLevelRules others)
    {
        if (_rules.Length != others._rules.Length || minimum != others.Minimum) return false;
        for (var i = 0; i < _rules.Length; i++)
        {
            var (rule, other) = (_rules[i], others._rules[i]);
            if (rule.ProviderName != other.ProviderName || rule.CategoryName != other.CategoryName) return false;
            if (rule.LogLevel != other.LogLevel || rule.Filter != other.Filter) return false;
        }

        return true;
    }

    /// <summary>Calls the filter function of a rule.</summary>
    public bool Ask(FilterFunction function, string category, LogLevel level) => function(providerName, category, level);

    /// <summary>
    /// A level below which the rules allow no record, whatever its category. <paramref name="general"/>: whether rules without a provider
    /// count.
    /// </summary>
    public LogLevel Lowest(bool general)
    {
        var rules = Array.FindAll(_rules, rule => Counts(rule, general));
        var levels = rules.Select(rule => rule.LogLevel ?? LogLevel.Trace);
        return Array.Exists(rules, rule => rule.CategoryName is null) ? levels.Min() : levels.Append(Otherwise(general)).Min();
    }

    private LogLevel Minimum => minimum;

    /// <summary>The level of categories without a rule.</summary>
    private LogLevel Otherwise(bool general) => general ? minimum : LogLevel.Trace;

    private bool Counts(LoggerFilterRule rule, bool general) =>
        rule.ProviderName is null ? general : IsOf(rule, providerName, providerAlias);

    /// <summary>
    /// Whether a rule is the provider's own. Keys of the configuration compare ignoring case, and an environment variable often has
    /// capitals: LoggerFactory itself would not recognize such a rule.
    /// </summary>
    public static bool IsOf(LoggerFilterRule rule, string providerName, string providerAlias) =>
        string.Equals(rule.ProviderName, providerName, StringComparison.OrdinalIgnoreCase)
        || string.Equals(rule.ProviderName, providerAlias, StringComparison.OrdinalIgnoreCase);

    private static bool Matches(string? pattern, string category)
    {
        if (pattern is null) return true;
        var star = pattern.IndexOf('*', StringComparison.Ordinal);
        var prefix = star < 0 ? pattern.AsSpan() : pattern.AsSpan(0, star);
        var suffix = star < 0 ? default : pattern.AsSpan(star + 1);
        return category.AsSpan().StartsWith(prefix, StringComparison.OrdinalIgnoreCase)
            && category.AsSpan().EndsWith(suffix, StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsBetter(LoggerFilterRule rule, LoggerFilterRule? best)
    {
        if (best is null) return true;
        if (rule.ProviderName is null != best.ProviderName is null) return best.ProviderName is null;
        if (best.CategoryName is null) return true;
        return rule.CategoryName is not null && rule.CategoryName.Length >= best.CategoryName.Length;
    }
}
