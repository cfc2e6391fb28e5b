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
        if (scope is null) return;
        if (IsOfActivity(scope))
        {
            AddActivity((IReadOnlyList<KeyValuePair<string, object?>>)scope);
            return;
        }

        (_ofOne ??= []).Clear();
        if (PropertySnapshot.AddTo(_ofOne, scope, _redactor))
            foreach (var value in _ofOne) Set(value);
        else if ((_texts ??= []).Count < PropertySnapshot.MaxValues) _texts.Add(new ValueSnapshot(_redactor).Take(scope));
    }

    /// <summary>
    /// Sets a value, in the place of its own scope. When there are too many, the outermost go: they are those that were
    /// never disposed of.
    /// </summary>
    private void Set(KeyValuePair<string, object?> value)
    {
        var values = _values ??= [];
        var at = PropertySnapshot.IndexOf(values, value.Key);
        if (at >= 0) values.RemoveAt(at);
        else if (values.Count == PropertySnapshot.MaxValues) values.RemoveAt(0);
        values.Add(value);
    }

    /// <summary>
    /// LoggerFactory adds what <see cref="ActivityTrackingOptions"/> ask for as a scope of its own, and so does the factory of
    /// Microsoft.Extensions.Telemetry, each with a private type of its assembly.
    /// </summary>
    private static bool IsOfActivity(object scope)
    {
        var type = scope.GetType();
        return type.Name == "ActivityLogScope" && !type.IsVisible && scope is IReadOnlyList<KeyValuePair<string, object?>>
            && type.Namespace?.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal) == true;
    }

    /// <summary>Adds what was asked for, but for the ids: the record has them already.</summary>
    private void AddActivity(IReadOnlyList<KeyValuePair<string, object?>> values)
    {
        for (var i = 0; i < values.Count; i++)
        {
            var (name, value) = values[i];
            if (value is null || name is "SpanId" or "TraceId" or "ParentId") continue;
            Set(new(name, new ValueSnapshot(_redactor).Take(name, value)));
        }
    }
}
