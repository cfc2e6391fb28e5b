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

    /// <summary>How many values there are.</summary>
    public abstract int Count(TState state);

    /// <summary>A value and its name.</summary>
    public abstract Pair At(TState state, int index);

    private static StateReader<TState>? Make() => typeof(TState).IsValueType && typeof(TState).IsAssignableTo(typeof(IReadOnlyList<Pair>))
        ? (StateReader<TState>)Activator.CreateInstance(typeof(OfList<>).MakeGenericType(typeof(TState), typeof(TState)))!
        : null;

    private sealed class OfList<TList> : StateReader<TList>
        where TList : IReadOnlyList<Pair>
    {
        public override int Count(TList state) => state.Count;

        public override Pair At(TList state, int index) => state[index];
    }
}
