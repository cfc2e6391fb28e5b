using Zotify.Logging.Alerts;
using Zotify.Logging.Configuration;

namespace Zotify.Logging.AspNetCore.Alerts;

/// <summary>Reads rules from their options.</summary>
internal static class AlertRules
{
    private const int MostName = 128;

    /// <summary>Reads a rule; <see langword="null"/> where it is off, or not valid.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="options">Its options.</param>
    /// <param name="errors">Gets what is wrong.</param>
    public static AlertRule? Read(string name, AlertOptions options, List<string> errors)
    {
        var path = $"{AlertOptions.Section}:{name}";
        var before = errors.Count;
        if (string.IsNullOrWhiteSpace(name) || name.Length > MostName)
            errors.Add($"{path}: a name has 1 to {MostName} characters; shorten it");
        foreach (var error in Annotations.ErrorsOf(options, typeof(AlertOptions)))
        {
            var member = error.MemberNames.First();
            errors.Add($"{path}:{member}: '{typeof(AlertOptions).GetProperty(member)?.GetValue(options)}': {error.ErrorMessage}");
        }

        if (options.Filter is null)
        {
            errors.Add(
                $"{path}:Filter: it is missing; set it to the parameters of a search, for example event_type=user.login_failed. "
                    + $"Built-in alerts are {string.Join(", ", BuiltInAlerts.All)}");
        }

        if (options is { Absent: { } absent } and ({ Count: not null } or { Within: not null }))
            errors.Add($"{path}:Absent: '{absent}' excludes Count and Within; remove it, or remove these");
        if (options is { Count: > 1 and var count, Within: null, Absent: null })
            errors.Add($"{path}:Within: it is missing for the count {count}; set it, for example to 00:05:00");
        if (options is { Within: { } within, Count: null or 1, Absent: null })
            errors.Add($"{path}:Within: '{within}' has no effect for a single event; set Count to 2 or more, or remove it");
        if (errors.Count > before) return null;
        var rule = new AlertRule(name, options.Filter!)
        {
            Type = options.Absent is null ? "alert.count" : "alert.absent",
            Count = options.Count ?? 1,
            Within = options.Within ?? TimeSpan.MaxValue,
            Absent = options.Absent,
        };
        try
        {
            rule = AlertFilter.AddTo(rule, options.Log);
        }
        catch (ArgumentException exception)
        {
            errors.Add($"{path}:Filter: '{options.Filter}': {exception.Message}");
        }

        return options.Enabled ? rule : null;
    }

    /// <summary>Checks the options of a built-in alert.</summary>
    public static void CheckBuiltIn(string name, AlertOptions options, List<string> errors)
    {
        if (options is { Filter: null, Count: null, Within: null, Absent: null, Log: AlertLog.Audit }) return;
        errors.Add($"{AlertOptions.Section}:{name}: this name is a built-in alert's, whose only option is Enabled; "
            + "remove the others, or choose another name");
    }
}
