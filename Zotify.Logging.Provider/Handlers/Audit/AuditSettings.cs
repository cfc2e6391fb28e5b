using System.Globalization;
using System.Reflection;

namespace Zotify.Logging.Handlers;

/// <summary>The audit handler's options as its self events show them: those that can change at run time, never a secret.</summary>
internal static class AuditSettings
{
    private static readonly PropertyInfo[] Keys =
    [
        .. typeof(JsonAuditHandlerOptions).GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(key => key.SetMethod is { IsPublic: true } && !key.IsDefined(typeof(RestartOnlyAttribute), inherit: true)),
    ];

    /// <summary>All values by key.</summary>
    public static IReadOnlyDictionary<string, object?> Of(JsonAuditHandlerOptions options) =>
        Keys.ToDictionary(key => key.Name, key => Shown(key.GetValue(options)));

    /// <summary>The keys whose values differ, with their old and new values.</summary>
    public static IReadOnlyDictionary<string, object?> Changes(JsonAuditHandlerOptions before, JsonAuditHandlerOptions now) =>
        Keys.Where(key => !Same(key.GetValue(before), key.GetValue(now)))
            .ToDictionary(key => key.Name, object? (key) => Change(key.GetValue(before), key.GetValue(now)));

    private static Dictionary<string, object?> Change(object? before, object? now) =>
        new() { ["old"] = Shown(before), ["new"] = Shown(now) };

    private static bool Same(object? before, object? now) => (before, now) switch
    {
        (IEnumerable<string> a, IEnumerable<string> b) => a.SequenceEqual(b),
        // A new secret under an old id is a change, although the shown values are equal.
        (IEnumerable<HashKeyOptions> a, IEnumerable<HashKeyOptions> b) =>
            a.Select(key => (key.Id, key.Key)).SequenceEqual(b.Select(key => (key.Id, key.Key))),
        _ => Equals(before, now),
    };

    private static object? Shown(object? value) => value switch
    {
        null or bool or int or long or string => value,
        IEnumerable<string> texts => texts.ToArray(),
        IEnumerable<HashKeyOptions> keys => keys.Select(key => key.Id).ToArray(),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };
}
