using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Provider.Dispatch;

namespace Zotify.Logging.Provider.Capture;

/// <summary>Takes the snapshot of a call: only the parts that the selected handlers need, all of it inside the call.</summary>
internal sealed class RecordSnapshot(TimeProvider time, IExternalScopeProvider scopes, Redactor redactor)
{
    /// <summary>A rough size of a record without its texts, in bytes: the object, its list and the place in a queue.</summary>
    private const int BaseSize = 256;

    private static readonly IReadOnlyList<KeyValuePair<string, object?>> NoValues = [];

    /// <summary>The redaction that it applies.</summary>
    public Redactor Redactor => redactor;

    /// <summary>The immutable record of the call. Does not throw, whatever state, scopes, exception and formatter do.</summary>
    public RecordValues Take<TState>(
        string category, LogLevel level, EventId eventId, TState state, Exception? exception,
        Func<TState, Exception?, string> formatter, LogParts needs)
    {
        // The time is taken first: what follows may be slow, and lines are read by time.
        var timestamp = time.GetUtcNow();
        var suspect = (needs & LogParts.Message) != 0 && MessageSnapshot.MayShowRedacted(state, redactor);
        List<KeyValuePair<string, object?>>? taken = null;
        string? template = null;
        if (suspect || (needs & LogParts.Properties) != 0)
            PropertySnapshot.AddTo(taken = [], state, redactor, ref template);
        IReadOnlyList<KeyValuePair<string, object?>> properties = taken ?? NoValues;

        var message = (needs & LogParts.Message) == 0 ? ""
            : suspect ? MessageSnapshot.Redact(state, exception, formatter, redactor, properties, template)
            : MessageSnapshot.Format(state, exception, formatter, redactor);
        IReadOnlyList<KeyValuePair<string, object?>> scope =
            (needs & LogParts.Scope) == 0 ? NoValues : ScopeSnapshot.Take(scopes, redactor);
        var text = exception is null || (needs & LogParts.Exception) == 0 ? null : ExceptionText(exception);
        var activity = Activity.Current is { IdFormat: ActivityIdFormat.W3C } current ? current : null;

        return new RecordValues
        {
            Timestamp = timestamp,
            Level = level,
            Category = category,
            EventId = eventId,
            Message = message,
            Properties = properties,
            Scope = scope,
            Exception = text,
            TraceId = activity?.TraceId.ToHexString(),
            SpanId = activity?.SpanId.ToHexString(),
            Size = BaseSize + 2 * (message.Length + (text?.Length ?? 0)) + Size(properties) + Size(scope),
        };
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
