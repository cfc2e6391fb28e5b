using Microsoft.Extensions.Logging;
using Zotify.Logging.Records;

namespace Zotify.Logging.Capture;

/// <summary>Reads the values of the scopes around a call. One instance reads one call at a time.</summary>
internal sealed class ScopeSnapshot
{
    /// <summary>The key of scopes that are plain text: a list, outermost first.</summary>
    public const string TextKey = "Scope";

    /// <summary>The last one of the thread, for the next call. While it is in use nobody else has it, not even a scope that logs.</summary>
    [ThreadStatic]
    private static ScopeSnapshot? _spare;

    private Redactor _redactor = null!;

    // Most calls are in no scope.
    private List<KeyValuePair<string, object?>>? _values;
    private List<KeyValuePair<string, object?>>? _ofOne;
    private List<object?>? _texts;

    /// <summary>The values, outermost first; of equal names the innermost.</summary>
    public static IReadOnlyList<KeyValuePair<string, object?>> Take(IExternalScopeProvider scopes, Redactor redactor)
    {
        var snapshot = _spare ?? new ScopeSnapshot();
        _spare = null;
        snapshot._redactor = redactor;
        scopes.ForEachScope(static (scope, snapshot) => snapshot.Add(scope), snapshot);
        if (snapshot._texts is { } texts) snapshot.Set(new(TextKey, texts));
        var values = snapshot._values ?? RecordExtras.NoValues;
        // What the record has now is the record's alone.
        (snapshot._values, snapshot._texts) = (null, null);
        snapshot._ofOne?.Clear();
        _spare = snapshot;
        return values;
    }

    private void Add(object? scope)
    {
        if (scope is null || IsFrameworkTrace(scope)) return;
        string? template = null;
        (_ofOne ??= []).Clear();
        if (PropertySnapshot.AddTo(_ofOne, scope, _redactor, ref template))
            foreach (var value in _ofOne) Set(value);
        else if ((_texts ??= []).Count < PropertySnapshot.MaxValues) _texts.Add(new ValueSnapshot(_redactor).Take(scope));
    }

    /// <summary>Sets a value, in the place of its own scope. When there are too many, the outermost go: they are those that were never disposed of.</summary>
    private void Set(KeyValuePair<string, object?> value)
    {
        var values = _values ??= [];
        var at = PropertySnapshot.IndexOf(values, value.Key);
        if (at >= 0) values.RemoveAt(at);
        else if (values.Count == PropertySnapshot.MaxValues) values.RemoveAt(0);
        values.Add(value);
    }

    /// <summary>
    /// LoggerFactory adds the trace ids of the activity as a scope of its own (ActivityTrackingOptions), of a private type
    /// of its assembly; the record has them already.
    /// </summary>
    private static bool IsFrameworkTrace(object scope) => scope.GetType().Assembly == typeof(LoggerFactory).Assembly;
}
