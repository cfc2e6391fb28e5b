using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Provider.Dispatch;

namespace Zotify.Logging.Provider.Capture;

/// <summary>Takes the snapshot of a call: only the parts that the selected handlers need, all of it inside the call.</summary>
internal sealed class RecordSnapshot(TimeProvider time, IExternalScopeProvider scopes, Redactor redactor)
{
    /// <summary>A rough size of a record without its texts, in bytes: the object, its list and the place in a queue.</summary>
    private const int BaseSize = 256;

    /// <summary>The redaction that it applies.</summary>
    public Redactor Redactor => redactor;

    /// <summary>
    /// The record of the call, filled where it is: copies of it would cost the call as much as its time of day does. Does not
    /// throw, whatever state, scopes, exception and formatter do.
    /// </summary>
    public void Take<TState>(
        string category, LogLevel level, EventId eventId, in TState state, Exception? exception,
        Func<TState, Exception?, string> formatter, LogParts needs, out RecordValues record)
    {
        // The time is taken first: what follows may be slow, and lines are read by time.
        var ticks = time.GetUtcNow().UtcTicks;
        var reader = StateReader<TState>.OfTemplates;
        var shape = StateShape.Of(reader, state);
        var suspect = (needs & LogParts.Message) != 0 && MessageSnapshot.MayShowRedacted(state, reader, shape, redactor);
        string? template = null;
        var properties = suspect || (needs & LogParts.Properties) != 0 ? PropertySnapshot.Take(state, reader, shape, redactor, out template) : null;
        var message = (needs & LogParts.Message) == 0 ? ""
            : suspect ? MessageSnapshot.Redact(state, exception, formatter, redactor, properties!, template)
            : MessageSnapshot.Format(state, exception, formatter, redactor);
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

    private void Add(ref RecordValues record, IReadOnlyList<KeyValuePair<string, object?>>? properties, Exception? exception, bool needsScope, Activity? activity)
    {
        var isW3C = activity is { IdFormat: ActivityIdFormat.W3C };
        record.Extras = new RecordExtras
        {
            Properties = properties ?? RecordExtras.NoValues,
            Scope = needsScope ? ScopeSnapshot.Take(scopes, redactor) : RecordExtras.NoValues,
            Exception = exception is null ? null : ExceptionText(exception),
            TraceId = isW3C ? activity!.TraceId.ToHexString() : null,
            SpanId = isW3C ? activity!.SpanId.ToHexString() : null,
        };
        record.Size += (2 * (record.Extras.Exception?.Length ?? 0)) + Size(record.Extras.Properties) + Size(record.Extras.Scope);
    }

    private static string ExceptionText(Exception exception)
    {
        try
        {
            return TextLimits.Clean(exception.ToString().ReplaceLineEndings("\n"));
        }
        catch (Exception failure)
        {
            return $"{exception.GetType().FullName} [its text threw {failure.GetType().Name}]";
        }
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
