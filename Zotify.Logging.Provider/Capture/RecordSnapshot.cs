using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Zotify.Logging.Records;

namespace Zotify.Logging.Capture;

/// <summary>
/// Takes the snapshot of a call, inside the call: everything that could change later, but only the parts that the selected handlers need.
/// </summary>
internal sealed class RecordSnapshot(TimeProvider time, IExternalScopeProvider scopes, Redactor redactor)
{
    /// <summary>A rough size of a record without its texts, in bytes: the object, its list and its slot in a queue.</summary>
    private const int BaseSize = 256;

    /// <summary>The redaction that it applies.</summary>
    public Redactor Redactor => redactor;

    /// <summary>
    /// Fills the record of a call in place: a copy would cost as much as reading the clock. Never throws, whatever state, scopes, exception
    /// and formatter do.
    /// </summary>
    public void Take<TState>(
        string category, LogLevel level, EventId eventId, in TState state, Exception? exception,
        Func<TState, Exception?, string> formatter, LogParts needs, out RecordValues record)
    {
        // The time is read first: what follows may be slow.
        var ticks = time.GetUtcNow().UtcTicks;
        var (needsMessage, needsProperties) = ((needs & LogParts.Message) != 0, (needs & LogParts.Properties) != 0);
        var reader = StateReader<TState>.OfTemplates;
        var shape = needsMessage || needsProperties ? StateShape.Of(reader, state) : null;
        var isSuspect = needsMessage && MessageSnapshot.MayShowRedacted(state, reader, shape, redactor);
        var logged = isSuspect ? LoggedState.Read(state, redactor) : null;
        string? failure = null;
        var message = !needsMessage ? ""
            : logged is null ? MessageSnapshot.Format(state, exception, formatter, redactor, out failure)
            : MessageSnapshot.Format(state, exception, formatter, logged, out failure);
        var properties = !needsProperties ? null : logged?.Properties ?? PropertySnapshot.Take(state, reader, shape, redactor);
        if (failure is not null && properties is not null) properties = LoggedState.WithFailure(properties, failure);
        record.IsSelfEvent = false;
        record.UtcTicks = ticks;
        record.Level = level;
        record.Category = category;
        record.EventNumber = eventId.Id;
        record.EventName = eventId.Name;
        record.Message = message;
        record.Extras = RecordExtras.None;
        record.Size = BaseSize + (2 * message.Length);
        if ((needs & LogParts.Exception) == 0) exception = null;
        var activity = Activity.Current;
        if (properties is not null || exception is not null || activity is not null || (needs & LogParts.Scope) != 0)
            Add(ref record, properties, exception, (needs & LogParts.Scope) != 0, activity);
    }

    /// <summary>Fills the record of a buffered call: with its own time and trace, not those of the buffer's flush.</summary>
    public void Take(string category, BufferedLogRecord buffered, LogParts needs, out RecordValues record)
    {
        var text = buffered.FormattedMessage ?? buffered.MessageTemplate ?? "";
        needs &= ~LogParts.Scope;
        Take(category, buffered.LogLevel, buffered.EventId, buffered.Attributes, null, (_, _) => text, needs, out record);
        record.UtcTicks = buffered.Timestamp.UtcTicks;
        record.Extras = record.Extras with
        {
            Exception = (needs & LogParts.Exception) == 0 ? null : BufferedException.Of(buffered),
            TraceId = buffered.ActivityTraceId is { } trace && trace != default ? trace.ToHexString() : null,
            SpanId = buffered.ActivitySpanId is { } span && span != default ? span.ToHexString() : null,
        };
        record.Size += ExceptionSnapshot.SizeOf(record.Extras.Failure);
    }

    private void Add(
        ref RecordValues record, IReadOnlyList<KeyValuePair<string, object?>>? properties, Exception? exception, bool needsScope,
        Activity? activity)
    {
        var isW3C = activity is { IdFormat: ActivityIdFormat.W3C };
        record.Extras = new RecordExtras
        {
            Properties = properties ?? RecordExtras.NoValues,
            Scope = needsScope ? ScopeSnapshot.Take(scopes, redactor) : RecordExtras.NoValues,
            Failure = exception is null ? null : ExceptionSnapshot.Take(exception),
            TraceId = isW3C ? activity!.TraceId.ToHexString() : null,
            SpanId = isW3C ? activity!.SpanId.ToHexString() : null,
        };
        record.Size += ExceptionSnapshot.SizeOf(record.Extras.Failure) + Size(record.Extras.Properties) + Size(record.Extras.Scope);
    }

    private static int Size(IReadOnlyList<KeyValuePair<string, object?>> values)
    {
        var size = 0;
        for (var i = 0; i < values.Count; i++) size += 2 * values[i].Key.Length + Size(values[i].Value);
        return size;
    }

    private static int Size(object? value) => value switch
    {
        string text => 2 * text.Length + 32,
        IReadOnlyList<object?> items => items.Sum(Size) + 64,
        IReadOnlyDictionary<string, object?> entries => entries.Sum(entry => 2 * entry.Key.Length + 32 + Size(entry.Value)) + 64,
        _ => 32,
    };
}
