using Microsoft.Extensions.Logging;
using Pair = System.Collections.Generic.KeyValuePair<string, object?>;

namespace Zotify.Logging.Provider.Capture;

/// <summary>
/// Reads the values of states of a type where they are. Nearly all states are structs; as an interface each would first be
/// copied to the heap. Immutable.
/// </summary>
internal abstract class StateReader<TState>
{
    /// <summary>The reader of the type; <see langword="null"/> where it is no struct that lists its values.</summary>
    public static StateReader<TState>? Instance { get; } = Make();

    /// <summary>The same, where the names of the type's values are those of their template: the states of Microsoft.Extensions.Logging itself.</summary>
    public static StateReader<TState>? OfTemplates { get; } = typeof(TState).Assembly == typeof(ILogger).Assembly ? Instance : null;

    /// <summary>Whether no value of the type can hold another.</summary>
    public static bool HoldsPlainValues { get; } = PlainTypes.AreArgumentsOf(typeof(TState));

    /// <summary>How many values there are.</summary>
    public abstract int Count(in TState state);

    /// <summary>A value and its name.</summary>
    public abstract Pair At(in TState state, int index);

    private static StateReader<TState>? Make() => typeof(TState).IsValueType && typeof(TState).IsAssignableTo(typeof(IReadOnlyList<Pair>))
        ? (StateReader<TState>)Activator.CreateInstance(typeof(OfList<>).MakeGenericType(typeof(TState), typeof(TState)))!
        : null;

    private sealed class OfList<TList> : StateReader<TList>
        where TList : IReadOnlyList<Pair>
    {
        public override int Count(in TList state) => state.Count;

        public override Pair At(in TList state, int index) => state[index];
    }
}
