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

    /// <summary>The longest message that is rendered after the call, in UTF-16 code units: its values wait in full.</summary>
    private const int MaxDeferred = 1_024;

    /// <summary>The redaction that it applies.</summary>
    public Redactor Redactor => redactor;

    /// <summary>
    /// Fills the record of a call in place: a copy would cost as much as reading the clock. Never throws, whatever state, scopes, exception
    /// and formatter do.
    /// </summary>
    public void Take<TState>(
        string category, LogLevel level, EventId eventId, in TState state, Exception? exception,
        Func<TState, Exception?, string> formatter, LogParts needs, bool mayDefer, out RecordValues record)
    {
        // The time is read first: what follows may be slow.
        var ticks = time.GetUtcNow().UtcTicks;
        var reader = StateReader<TState>.OfTemplates;
        var shape = StateShape.Of(reader, state);
        var (needsMessage, needsProperties) = ((needs & LogParts.Message) != 0, (needs & LogParts.Properties) != 0);
        var isSuspect = needsMessage && MessageSnapshot.MayShowRedacted(state, reader, shape, redactor);
        var logged = isSuspect ? LoggedState.Read(state, redactor) : null;
        string? failure = null;
        var messageLength = 0;
        object message = !needsMessage ? ""
            : logged is not null ? MessageSnapshot.Format(state, exception, formatter, logged, out failure)
            : mayDefer && !needsProperties && CanDefer(reader, shape, state, formatter, out messageLength)
            ? PlainMessage<TState>.Of(state, formatter, redactor)
            : MessageSnapshot.Format(state, exception, formatter, redactor, out failure);
        if (message is string text) messageLength = text.Length;
        var properties = !needsProperties ? null : logged?.Properties ?? PropertySnapshot.Take(state, reader, shape, redactor);
        if (failure is not null && properties is not null) properties = LoggedState.WithFailure(properties, failure);
        record.IsSelfEvent = false;
        record.UtcTicks = ticks;
        record.Level = level;
        record.Category = category;
        record.EventNumber = eventId.Id;
        record.EventName = eventId.Name;
        record.Text = message;
        record.Extras = RecordExtras.None;
        record.Size = BaseSize + (2 * messageLength);
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
        Take(
            category, buffered.LogLevel, buffered.EventId, buffered.Attributes, null, (_, _) => text, needs, mayDefer: false, out record);
        record.UtcTicks = buffered.Timestamp.UtcTicks;
        record.Extras = record.Extras with
        {
            Exception = (needs & LogParts.Exception) == 0 || BufferedException.Of(buffered) is not { } failed
                ? null
                : redactor.OfAddresses(failed),
            TraceId = buffered.ActivityTraceId is { } trace && trace != default ? trace.ToHexString() : null,
            SpanId = buffered.ActivitySpanId is { } span && span != default ? span.ToHexString() : null,
        };
        record.Size += ExceptionSnapshot.SizeOf(record.Extras.Failure);
    }

    /// <summary>
    /// Whether the message can be rendered after the call from a copy of the state, without holding long texts. Not where properties are
    /// needed: they show whether the formatter failed.
    /// </summary>
    /// <param name="reader">Reads the state.</param>
    /// <param name="shape">The facts about its template.</param>
    /// <param name="state">The state.</param>
    /// <param name="formatter">The call's formatter.</param>
    /// <param name="length">About how long the message will be.</param>
    private static bool CanDefer<TState>(
        StateReader<TState>? reader, StateShape? shape, in TState state, Func<TState, Exception?, string> formatter, out int length)
    {
        length = 0;
        if (shape is null || reader?.HoldsPlainValues != true || !PlainMessage<TState>.IsFormatter(formatter)) return false;
        length = shape.Template.Length + reader.TextLength(state);
        return length <= MaxDeferred;
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
            Failure = exception is null ? null : ExceptionSnapshot.Take(exception, redactor.OfAddresses),
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
