using System.Text;
using Zotify.Logging.Common;

namespace Zotify.Logging.Records;

/// <summary>
/// An exception as it was in the call. What can change later is fixed: its message, its stack trace, which grows when it is
/// thrown on, and the same of its inner exceptions. The text, which costs many times as much, is made when it is read.
/// Holds nothing else of the exception, which may refer to half of an application. Thread-safe.
/// </summary>
internal sealed class ExceptionSnapshot
{
    /// <summary>The memory of a stack trace, by estimate: how deep it is would have to be counted.</summary>
    private const int SizeOfTrace = 1_024;

    /// <summary>Deeper inner exceptions are rendered in the call.</summary>
    private const int MaxDepth = 16;

    private readonly Type _type;
    private readonly string? _message;
    private readonly FrozenStackTrace? _trace;

    // A snapshot of it, or its text.
    private readonly object? _inner;
    private volatile string? _text;

    private ExceptionSnapshot(Exception exception, int depth)
    {
        _type = exception.GetType();
        _message = exception.Message;
        _trace = FrozenStackTrace.Of(exception);
        _inner = exception.InnerException is { } inner ? Take(inner, depth + 1) : null;
        Size = (2 * (_message?.Length ?? 0)) + SizeOfTrace + SizeOf(_inner);
    }

    /// <summary>An estimate of the memory that it holds, in bytes, its text included.</summary>
    public int Size { get; }

    /// <summary>
    /// The full text with the inner exceptions, as <see cref="Exception.ToString"/> gives it, lines separated by <c>\n</c>.
    /// </summary>
    public string Text => _text ??= TextLimits.Clean(Render().ReplaceLineEndings("\n"));

    /// <summary>The snapshot of an exception; its text, where that is its type's own business. Throws nothing.</summary>
    public static object Take(Exception exception) => Take(exception, 0);

    /// <summary>An estimate of the memory of what <see cref="Take(Exception)"/> gave, in bytes.</summary>
    public static int SizeOf(object? taken) => taken switch
    {
        null => 0,
        string text => 2 * text.Length,
        _ => ((ExceptionSnapshot)taken).Size,
    };

    private static object Take(Exception exception, int depth)
    {
        try
        {
            if (depth < MaxDepth && FrozenStackTrace.IsPlain(exception)) return new ExceptionSnapshot(exception, depth);
        }
        catch (Exception)
        {
            // Its message throws: the text tells what there is.
        }

        return ExceptionText.Of(exception);
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
            // Symbols that cannot be read must not cost the record.
            return $"   [the stack trace threw {exception.GetType().Name}]";
        }
    }
}
