using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Pair = System.Collections.Generic.KeyValuePair<string, object?>;

namespace Zotify.Logging.Capture;

/// <summary>
/// Reads the values of states of one type in place. Nearly all states are structs: read through an interface, each would first be copied to
/// the heap. Immutable.
/// <para>
/// The runtime compiles each method anew for each type of states, which are as many as an application has shapes of messages: so what does
/// not read a state is elsewhere.
/// </para>
/// </summary>
internal abstract class StateReader<TState>
{
    private readonly int[] _textIndexes = PlainTypes.TextArgumentsOf(typeof(TState));

    /// <summary>
    /// The reader for states whose value names come from their template: the struct states of Microsoft.Extensions.Logging itself that list
    /// their values. <see langword="null"/> for all others.
    /// </summary>
    public static StateReader<TState>? OfTemplates { get; } = Make();

    /// <summary>Whether no value of the type can contain another.</summary>
    public bool HoldsPlainValues { get; } = PlainTypes.AreArgumentsOf(typeof(TState));

    /// <summary>The texts' length together, in UTF-16 code units. Only for types with <see cref="HoldsPlainValues"/>.</summary>
    public int TextLength(in TState state)
    {
        var length = 0;
        foreach (var index in _textIndexes) length += (At(state, index).Value as string)?.Length ?? 0;
        return length;
    }

    /// <summary>How many values there are.</summary>
    public abstract int Count(in TState state);

    /// <summary>A value and its name.</summary>
    public abstract Pair At(in TState state, int index);

    /// <summary>
    /// The template, which is the last value; <see langword="null"/> where it is not. Does not read the other values: to read a number
    /// would box it.
    /// </summary>
    /// <param name="state">The state.</param>
    /// <param name="count">How many other values there are.</param>
    public abstract string? TemplateOf(in TState state, out int count);

    private static StateReader<TState>? Make() =>
        typeof(TState).Assembly == typeof(ILogger).Assembly && typeof(TState).IsValueType
            && typeof(TState).IsAssignableTo(typeof(IReadOnlyList<Pair>))
            ? (StateReader<TState>)Activator.CreateInstance(typeof(OfList<>).MakeGenericType(typeof(TState), typeof(TState)))!
            : null;

    private sealed class OfList<TList> : StateReader<TList>
        where TList : IReadOnlyList<Pair>
    {
        // Unsafe.AsRef: the compiler cannot know that the struct is readonly, and would copy it for each call.
        public override int Count(in TList state) => Unsafe.AsRef(in state).Count;

        public override Pair At(in TList state, int index) => Unsafe.AsRef(in state)[index];

        public override string? TemplateOf(in TList state, out int count)
        {
            count = Unsafe.AsRef(in state).Count - 1;
            if (count < 0) return null;
            return Unsafe.AsRef(in state)[count] is { Key: PropertySnapshot.TemplateName, Value: string template } ? template : null;
        }
    }
}
