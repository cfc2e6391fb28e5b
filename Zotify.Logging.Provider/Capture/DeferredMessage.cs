using Microsoft.Extensions.Logging;
using Zotify.Logging.Records;

namespace Zotify.Logging.Capture;

/// <summary>
/// Puts off the rendering of a call's message where the result is provably the same later: the state is a struct of Microsoft.Extensions.Logging
/// itself that holds copies of plain values, and the formatter is its own, which renders them in the invariant culture.
/// </summary>
internal sealed class DeferredMessage<TState> : PendingMessage
{
    /// <summary>Beyond this many characters of its texts, a message is rendered in the call: the state would keep them in memory.</summary>
    private const int MaxCharacters = 1_024;

    private const int ObjectSize = 64;

    private static readonly StateReader<TState>? Reader =
        StateReader<TState>.OfTemplates is { HoldsPlainValues: true } reader ? reader : null;

    // The values that are texts: their names and values come in the order of the type's arguments.
    private static readonly int[] Texts =
        [.. typeof(TState).GenericTypeArguments.Index().Where(argument => argument.Item == typeof(string)).Select(argument => argument.Index)];

    // The formatter of such states is one object. Finding out takes longer than the rendering.
    private static Func<TState, Exception?, string>? _own;

    private readonly TState _state;
    private readonly Func<TState, Exception?, string> _formatter;
    private readonly Redactor _redactor;

    private DeferredMessage(in TState state, Func<TState, Exception?, string> formatter, Redactor redactor, int characters)
        : base(ObjectSize + (2 * characters)) => (_state, _formatter, _redactor) = (state, formatter, redactor);

    /// <summary>The message; <see langword="null"/> where it must be rendered in the call.</summary>
    public static DeferredMessage<TState>? Of(in TState state, Func<TState, Exception?, string> formatter, Redactor redactor)
    {
        if (Reader is null || !IsOwn(formatter)) return null;
        if (StateShape.Of(Reader, state) is not { } shape || shape.Hides(redactor)) return null;
        var characters = shape.Template.Length;
        foreach (var index in Texts) characters += (Reader.At(state, index).Value as string)?.Length ?? 0;
        return characters <= MaxCharacters ? new DeferredMessage<TState>(state, formatter, redactor, characters) : null;
    }

    /// <inheritdoc/>
    public override string Render() => MessageSnapshot.Format(_state, null, _formatter, _redactor, out _);

    private static bool IsOwn(Func<TState, Exception?, string> formatter)
    {
        if (ReferenceEquals(formatter, _own)) return true;
        if (formatter.Method.DeclaringType?.Assembly != typeof(ILogger).Assembly) return false;
        _own = formatter;
        return true;
    }
}
