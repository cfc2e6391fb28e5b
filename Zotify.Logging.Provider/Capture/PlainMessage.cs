using Microsoft.Extensions.Logging;
using Zotify.Logging.Records;

namespace Zotify.Logging.Capture;

/// <summary>
/// The message of a state whose copy is a complete snapshot: a struct of Microsoft.Extensions.Logging that holds its template and plain
/// values, as source-generated log methods pass it. Its formatter is Microsoft's own, which reads the state alone and uses the invariant
/// culture, so it yields the same text on any thread at any time.
/// </summary>
internal sealed class PlainMessage<TState> : DeferredMessage
{
    /// <summary>How many returned objects wait for a thread. It takes them all, so this bounds what each thread keeps, too.</summary>
    private const int MaxPooled = 512;

    // The thread's own objects. When they are used up, it takes all that were returned, at once. To take them singly without a lock would
    // not be safe: the first one may be taken and returned by others while its successor is read.
    [ThreadStatic]
    private static PlainMessage<TState>? _own;
    private static PlainMessage<TState>? _returned;

    // The last formatter that was recognised.
    private static Func<TState, Exception?, string>? _known;

    private PlainMessage<TState>? _next;
    private int _pooled;
    private TState _state = default!;
    private Func<TState, Exception?, string> _formatter = null!;
    private Redactor _redactor = null!;

    /// <summary>
    /// Whether a formatter is one of Microsoft.Extensions.Logging itself. Any other could read what changes after the call.
    /// </summary>
    public static bool IsFormatter(Func<TState, Exception?, string> formatter)
    {
        if (ReferenceEquals(formatter, _known)) return true;
        // Microsoft's lambdas capture nothing: their target is an object of a type that the compiler made in the same assembly.
        if (formatter.Target?.GetType().Assembly != typeof(ILogger).Assembly) return false;
        _known = formatter;
        return true;
    }

    /// <summary>Copies a state.</summary>
    public static PlainMessage<TState> Of(in TState state, Func<TState, Exception?, string> formatter, Redactor redactor)
    {
        var message = _own ?? Interlocked.Exchange(ref _returned, null) ?? new PlainMessage<TState>();
        _own = message._next;
        message._next = null;
        message._state = state;
        message._formatter = formatter;
        message._redactor = redactor;
        return message;
    }

    /// <inheritdoc/>
    protected override string Render() => MessageSnapshot.Format(_state, exception: null, _formatter, _redactor, out _);

    /// <inheritdoc/>
    protected override void Pool()
    {
        // It must not keep the values alive.
        _state = default!;
        var last = Volatile.Read(ref _returned);
        while (true)
        {
            if (last?._pooled >= MaxPooled) return;
            (_next, _pooled) = (last, 1 + (last?._pooled ?? 0));
            var found = Interlocked.CompareExchange(ref _returned, this, last);
            if (found == last) return;
            last = found;
        }
    }
}
