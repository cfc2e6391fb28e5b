using System.Collections;
using Zotify.Logging.Handlers;

namespace Zotify.Logging.Configuration;

/// <summary>
/// Finds the options in which two services differ although they share a log directory. Only the options of one of them can apply.
/// </summary>
internal static class SharedOptions
{
    /// <summary>The options that apply to a service's own calls. Each service has its own.</summary>
    private static readonly HashSet<string> OfCalls =
    [
        nameof(LogHandlerOptions.Enabled), nameof(LogHandlerOptions.MinimumLevel),
        nameof(LogHandlerOptions.Categories), nameof(LogHandlerOptions.ExcludeCategories),
        nameof(LogHandlerOptions.EventTypes), nameof(LogHandlerOptions.ExcludeEventTypes),
        nameof(LogHandlerOptions.ScopeKey), nameof(LogHandlerOptions.Overflow), nameof(LogHandlerOptions.WaitTimeout),
        nameof(JsonAuditHandlerOptions.Acknowledge), nameof(FileStreamHandlerOptions.Ring),
    ];

    /// <summary>The full keys of the options of directory and database that differ.</summary>
    public static IReadOnlyList<string> Differing(ZotifyLoggingOptions first, ZotifyLoggingOptions later) =>
    [
        // Both have the same directory, even if they spell it differently.
        .. PendingChanges.Between(first, later)
            .Where(key => key != ConfigurationKeys.Full(nameof(later.Directory)) && !IsOfHandler(key)),
    ];

    /// <summary>The full keys of a handler's options that differ.</summary>
    public static IReadOnlyList<string> Differing(string handler, LogHandlerOptions first, LogHandlerOptions later) =>
    [
        .. later.GetType().GetProperties()
            .Where(option => option.SetMethod is { IsPublic: true } && !OfCalls.Contains(option.Name))
            .Where(option => !IsSame(option.GetValue(first), option.GetValue(later)))
            .Select(option => ConfigurationKeys.Full($"{ConfigurationKeys.Handlers}:{handler}:{option.Name}")),
    ];

    private static bool IsOfHandler(string key) =>
        key.StartsWith($"{ConfigurationKeys.Full(ConfigurationKeys.Handlers)}:", StringComparison.Ordinal);

    private static bool IsSame(object? first, object? later) => (first, later) switch
    {
        (IEnumerable<HashKeyOptions> a, IEnumerable<HashKeyOptions> b) =>
            a.Select(key => (key.Id, key.Key)).SequenceEqual(b.Select(key => (key.Id, key.Key))),
        (string, string) => Equals(first, later),
        (IEnumerable a, IEnumerable b) => a.Cast<object?>().SequenceEqual(b.Cast<object?>()),
        _ => Equals(first, later),
    };
}
