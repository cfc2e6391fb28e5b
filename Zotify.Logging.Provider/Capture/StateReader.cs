using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Pair = System.Collections.Generic.KeyValuePair<string, object?>;

namespace Zotify.Logging.Capture;

/// <summary>
/// Reads the values of states of a type where they are. Nearly all states are structs; as an interface each would first be
/// copied to the heap. Immutable.
/// </summary>
internal abstract class StateReader<TState>
{
    /// <summary>
    /// The reader of the type, where the names of its values are those of their template: of the states of Microsoft.Extensions.Logging
    /// itself. <see langword="null"/> for others, and where it is no struct that lists its values.
    /// </summary>
    public static StateReader<TState>? OfTemplates { get; } = Make();

    /// <summary>Whether no value of the type can hold another.</summary>
    public bool HoldsPlainValues { get; } = PlainTypes.AreArgumentsOf(typeof(TState));

    /// <summary>How many values there are.</summary>
    public abstract int Count(in TState state);

    /// <summary>A value and its name.</summary>
    public abstract Pair At(in TState state, int index);

    /// <summary>
    /// The template, which is the last of the values; <see langword="null"/> where it is not. The others are left alone:
    /// each look at a number would make an object of it.
    /// </summary>
    /// <param name="state">The state.</param>
    /// <param name="count">How many values there are beside it.</param>
    public abstract string? TemplateOf(in TState state, out int count);

    private static StateReader<TState>? Make() =>
        typeof(TState).Assembly == typeof(ILogger).Assembly && typeof(TState).IsValueType
            && typeof(TState).IsAssignableTo(typeof(IReadOnlyList<Pair>))
            ? (StateReader<TState>)Activator.CreateInstance(typeof(OfList<>).MakeGenericType(typeof(TState), typeof(TState)))!
            : null;

    private sealed class OfList<TList> : StateReader<TList>
        where TList : IReadOnlyList<Pair>
    {
        // Unsafe.AsRef: without it the compiler, which cannot know that the struct is a readonly one, would copy it for each call.
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
