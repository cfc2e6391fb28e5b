using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Records;

namespace Zotify.Logging;

/// <summary>
/// One log call, as it was at the moment of the call. Everything in it was rendered, copied or frozen inside the call, so it stays true
/// when the states and scopes behind it have changed or gone. Immutable for handlers of an application, which may keep it as long as they
/// like. Safe to read from any thread.
/// </summary>
/// <remarks>
/// <para>
/// The library's own handlers keep no record after their batch, so their objects are pooled and reused for later calls:
/// <c>RecordPool</c> has the rule.
/// </para>
/// <para>
/// Values of <see cref="Properties"/> and <see cref="Scope"/> are <see langword="null"/>, <see cref="string"/>,
/// <see cref="bool"/>, an integer type, <see cref="decimal"/>, a finite <see cref="double"/> or <see cref="float"/>,
/// <see cref="DateTime"/>, <see cref="DateTimeOffset"/>, <see cref="DateOnly"/>, <see cref="TimeOnly"/>,
/// <see cref="TimeSpan"/>, <see cref="Guid"/>, an <see cref="IReadOnlyList{T}"/> of such values or an
/// <see cref="IReadOnlyDictionary{TKey,TValue}"/> from <see cref="string"/> to such values. A part that
/// <c>BaseLogHandler.Needs</c> of the selected handlers does not name is empty.
/// </para>
/// </remarks>
public sealed class LogRecord
{
    private RecordValues _values = RecordValues.None;

    /// <summary>An empty record, for an object initialiser.</summary>
    public LogRecord()
    {
    }

    [SetsRequiredMembers]
    internal LogRecord(in RecordValues values)
    {
        _values = values;
        Category = values.Category;
    }

    /// <summary>The time of the call, in UTC.</summary>
    public required DateTimeOffset Timestamp { get => new(_values.UtcTicks, TimeSpan.Zero); init => _values.UtcTicks = value.UtcTicks; }

    /// <summary>The level of the call.</summary>
    public required LogLevel Level { get => _values.Level; init => _values.Level = value; }

    /// <summary>The name of the logger.</summary>
    public required string Category { get => _values.Category; init => _values.Category = value; }

    /// <summary>The event's number and name; (0, null) where the call gave none.</summary>
    public EventId EventId { get => _values.Event; init => _values.Event = value; }

    /// <summary>The rendered message, with <c>[REDACTED]</c> in place of redacted properties.</summary>
    public string Message { get => _values.Message; init => _values.Message = value; }

    /// <summary>The call's own properties in the order of its template, names unique.</summary>
    public IReadOnlyList<KeyValuePair<string, object?>> Properties
    {
        get => _values.Extras.Properties;
        init => _values.Extras = _values.Extras with { Properties = value };
    }

    /// <summary>The values of the scopes around the call, outermost first. Of values with one name, the innermost.</summary>
    public IReadOnlyList<KeyValuePair<string, object?>> Scope
    {
        get => _values.Extras.Scope;
        init => _values.Extras = _values.Extras with { Scope = value };
    }

    /// <summary>
    /// The exception's full text with its inner exceptions, lines separated by <c>\n</c>. Rendered when it is first read.
    /// </summary>
    public string? Exception { get => _values.Extras.Exception; init => _values.Extras = _values.Extras with { Exception = value }; }

    /// <summary>The W3C trace id (32 hex digits) of <see cref="System.Diagnostics.Activity.Current"/>.</summary>
    public string? TraceId { get => _values.Extras.TraceId; init => _values.Extras = _values.Extras with { TraceId = value }; }

    /// <summary>The W3C span id (16 hex digits) of <see cref="System.Diagnostics.Activity.Current"/>.</summary>
    public string? SpanId { get => _values.Extras.SpanId; init => _values.Extras = _values.Extras with { SpanId = value }; }

    /// <summary>An estimate of the memory this record holds, in bytes. It counts against <c>QueueBytes</c>.</summary>
    internal int Size { get => _values.Size; init => _values.Size = value; }

    /// <summary>Whether the library made it about itself. Only such a record keeps a reserved name. No log call can set it.</summary>
    internal bool IsSelfEvent { get => _values.IsSelfEvent; init => _values.IsSelfEvent = value; }

    /// <summary>
    /// Returns the record's deferred message to its pool. Only <c>RecordPool</c> may call it, before it resets the record.
    /// </summary>
    internal void ReturnMessage()
    {
        // Asked this way because most messages of a busy log are texts, and whether an object is a text is a single comparison.
        if (_values.Text is not string and var deferred) ((DeferredMessage)deferred).Return();
    }

    /// <summary>All values together.</summary>
    internal ref readonly RecordValues Values => ref _values;

    /// <summary>How often the object was reset. Object and generation together identify a record.</summary>
    internal int Generation { get; private set; }

    /// <summary>Overwrites the record with another call's. Only <c>RecordPool</c> may call it.</summary>
    internal void Reset(in RecordValues values)
    {
        _values = values;
        Generation++;
    }
}
