using System.Text;
using Zotify.Logging.Common;

namespace Zotify.Logging.Records;

/// <summary>
/// An exception as it was in the call. The call copies what can change later: the message, the stack trace, which grows when the exception
/// is rethrown, and the same of the inner exceptions. The text costs many times as much, so it is rendered when it is first read. Does not
/// keep the exception itself, which may refer to half of an application. Thread-safe.
/// </summary>
internal sealed class ExceptionSnapshot
{
    /// <summary>The estimated memory of a stack trace. To count its frames would cost too much.</summary>
    private const int SizeOfTrace = 1_024;

    /// <summary>Deeper inner exceptions are rendered in the call.</summary>
    private const int MaxDepth = 16;

    private readonly Type _type;
    private readonly string? _message;
    private readonly FrozenStackTrace? _trace;

    // An ExceptionSnapshot, or a text.
    private readonly object? _inner;
    private readonly Func<string, string> _clean;
    private volatile string? _text;

    private ExceptionSnapshot(Exception exception, Func<string, string> clean, int depth)
    {
        _clean = clean;
        _type = exception.GetType();
        _message = exception.Message;
        _trace = FrozenStackTrace.Of(exception);
        _inner = exception.InnerException is { } inner ? Take(inner, clean, depth + 1) : null;
        Size = (2 * (_message?.Length ?? 0)) + SizeOfTrace + SizeOf(_inner);
    }

    /// <summary>An estimate of its memory in bytes, its text included.</summary>
    public int Size { get; }

    /// <summary>
    /// The full text with the inner exceptions, as <see cref="Exception.ToString"/> renders it, lines separated by <c>\n</c>.
    /// </summary>
    public string Text => _text ??= _clean(TextLimits.Clean(Render().ReplaceLineEndings("\n")));

    /// <summary>A snapshot of the exception, or its text where its type renders that itself. Throws nothing.</summary>
    /// <param name="exception">The exception.</param>
    /// <param name="clean">Removes what a text must not show.</param>
    public static object Take(Exception exception, Func<string, string> clean) => Take(exception, clean, 0);

    /// <summary>An estimate of the memory, in bytes, of what <see cref="Take(Exception, Func{string, string})"/> returned.</summary>
    public static int SizeOf(object? taken) => taken switch
    {
        null => 0,
        string text => 2 * text.Length,
        _ => ((ExceptionSnapshot)taken).Size,
    };

    private static object Take(Exception exception, Func<string, string> clean, int depth)
    {
        try
        {
            if (depth < MaxDepth && FrozenStackTrace.IsPlain(exception)) return new ExceptionSnapshot(exception, clean, depth);
        }
        catch (Exception)
        {
            // Its message throws. The text below has what can be read.
        }

        return clean(ExceptionText.Of(exception));
    }

    private string Render()
    {
        var text = new StringBuilder(_type.ToString());
        if (!string.IsNullOrEmpty(_message)) text.Append(": ").Append(_message);
        if (_inner is not null)
        {
            text.Append("\n ---> ").Append(_inner is ExceptionSnapshot inner ? inner.Render() : _inner);
            text.Append('\n').Append(ExceptionText.EndOfInner);
        }

        if (_trace is not null) text.Append('\n').Append(Trace(_trace));
        return text.ToString();
    }

    private static string Trace(FrozenStackTrace trace)
    {
        try
        {
            return trace.StackTrace ?? "";
        }
        catch (Exception exception)
        {
            // Unreadable symbols must not lose the record.
            return $"   [the stack trace threw {exception.GetType().Name}]";
        }
    }
}
