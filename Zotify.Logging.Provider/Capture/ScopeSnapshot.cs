using Microsoft.Extensions.Logging;
using Zotify.Logging.Records;

namespace Zotify.Logging.Capture;

/// <summary>Reads the values of the scopes around a call. One instance reads one call at a time.</summary>
internal sealed class ScopeSnapshot
{
    /// <summary>The key of the scopes that are plain texts. Its value is a list, outermost first.</summary>
    public const string TextKey = "Scope";

    /// <summary>Reused by the thread's next call. Empty while it is in use, so that a scope that logs does not share it.</summary>
    [ThreadStatic]
    private static ScopeSnapshot? _spare;

    private Redactor _redactor = null!;

    // Created when needed: most calls are in no scope.
    private List<KeyValuePair<string, object?>>? _values;
    private List<KeyValuePair<string, object?>>? _ofOne;
    private List<object?>? _texts;

    /// <summary>The values, outermost first. Of values with one name, the innermost.</summary>
    public static IReadOnlyList<KeyValuePair<string, object?>> Take(IExternalScopeProvider scopes, Redactor redactor)
    {
        var snapshot = _spare ?? new ScopeSnapshot();
        _spare = null;
        snapshot._redactor = redactor;
        scopes.ForEachScope(static (scope, snapshot) => snapshot.Add(scope), snapshot);
        if (snapshot._texts is { } texts) snapshot.Set(new(TextKey, texts));
        var values = snapshot._values ?? RecordExtras.NoValues;
        // The record owns these lists now.
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
    /// Sets a value at the position of its own scope. Beyond the limit, removes the outermost: those are the scopes that were never
    /// disposed.
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
    /// Whether a scope has the values that <see cref="ActivityTrackingOptions"/> ask for. LoggerFactory and the factory of
    /// Microsoft.Extensions.Telemetry add such scopes, each of a private type of its assembly.
    /// </summary>
    private static bool IsOfActivity(object scope)
    {
        var type = scope.GetType();
        return type.Name == "ActivityLogScope" && !type.IsVisible && scope is IReadOnlyList<KeyValuePair<string, object?>>
            && type.Namespace?.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal) == true;
    }

    /// <summary>Adds the activity's values without the ids, which the record has already.</summary>
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
