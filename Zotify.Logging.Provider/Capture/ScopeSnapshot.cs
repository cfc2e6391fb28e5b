using Microsoft.Extensions.Logging;

namespace Zotify.Logging.Provider.Capture;

/// <summary>Reads the values of the scopes around a call. One instance reads one call.</summary>
internal sealed class ScopeSnapshot(Redactor redactor)
{
    /// <summary>The key of scopes that are plain text: a list, outermost first.</summary>
    public const string TextKey = "Scope";

    private readonly List<KeyValuePair<string, object?>> _values = [];
    private List<object?>? _texts;

    /// <summary>The values, outermost first; of equal names the innermost.</summary>
    public static IReadOnlyList<KeyValuePair<string, object?>> Take(IExternalScopeProvider scopes, Redactor redactor)
    {
        var snapshot = new ScopeSnapshot(redactor);
        scopes.ForEachScope(static (scope, snapshot) => snapshot.Add(scope), snapshot);
        if (snapshot._texts is { } texts) PropertySnapshot.Set(snapshot._values, TextKey, texts);
        return snapshot._values;
    }

    private void Add(object? scope)
    {
        if (scope is null || IsFrameworkTrace(scope)) return;
        string? template = null;
        if (PropertySnapshot.AddTo(_values, scope, redactor, ref template)) return;
        if ((_texts ??= []).Count < PropertySnapshot.MaxValues) _texts.Add(new ValueSnapshot(redactor).Take(scope));
    }

    /// <summary>
    /// LoggerFactory adds the trace ids of the activity as a scope of its own (ActivityTrackingOptions), of a private type
    /// of its assembly; the record has them already.
    /// </summary>
    private static bool IsFrameworkTrace(object scope) => scope.GetType().Assembly == typeof(LoggerFactory).Assembly;
}
