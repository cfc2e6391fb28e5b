using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using Pair = System.Collections.Generic.KeyValuePair<string, object?>;

namespace Zotify.Logging.Capture;

/// <summary>
/// Reads pairs with a text as key and values of any type, such as request headers and JSON objects. Pairs are structs, so these types share
/// no interface that could be tested for. In states and scopes, tuples count as pairs, too. Thread-safe.
/// </summary>
internal static class NamedPairs
{
    /// <summary>
    /// The most values of a state that are read: a state may have no end, and a list may report a length that it cannot have.
    /// </summary>
    public const int MaxValues = 1_024;

    private static readonly ConditionalWeakTable<Type, StrongBox<Func<object, IEnumerable<Pair>>?>> Readers = [];
    private static readonly ConditionalWeakTable<Type, StrongBox<bool>> TupleLists = [];

    /// <summary>The pairs, read lazily; <see langword="null"/> where the object has none.</summary>
    public static IEnumerable<Pair>? Of(object source) => Readers.GetValue(source.GetType(), Reader).Value?.Invoke(source);

    /// <summary>The named values of a state or scope, <see cref="MaxValues"/> at most; <see langword="null"/> where it has none.</summary>
    public static IEnumerable<Pair>? OfState(object? state) => (state switch
    {
        null or string => null,
        IEnumerable<Pair> pairs => pairs,
        IDictionary dictionary => Entries(dictionary),
        ITuple tuple => OfTuple(tuple),
        IEnumerable items when NamesValuesByTuples(items.GetType()) => items.OfType<ITuple>().SelectMany(item => OfTuple(item) ?? []),
        _ => Of(state),
    })?.Take(MaxValues);

    /// <summary>Whether a value of this type is or has named pairs. For types other than texts, numbers and times.</summary>
    public static bool Are(Type type) => Readers.GetValue(type, Reader).Value is not null;

    private static bool NamesValuesByTuples(Type type) => TupleLists.GetValue(type, type => new(ItemsOf(type).Any(IsNamedTuple))).Value;

    private static IEnumerable<Pair>? OfTuple(ITuple tuple) =>
        tuple is { Length: 2 } && tuple[0] is string name ? [new(name, tuple[1])] : null;

    private static IEnumerable<Pair> Entries(IDictionary dictionary)
    {
        foreach (DictionaryEntry entry in dictionary) yield return new(entry.Key.ToString() ?? "", entry.Value);
    }

    private static StrongBox<Func<object, IEnumerable<Pair>>?> Reader(Type type)
    {
        if (IsPair(type)) return new(OfOne(type.GenericTypeArguments[1]));
        var item = ItemsOf(type).FirstOrDefault(IsPair);
        return new(item is null ? null : OfAll(item.GenericTypeArguments[1]));
    }

    [UnconditionalSuppressMessage(
        "Trimming", "IL2070:UnrecognizedReflectionPattern",
        Justification = "Only IEnumerable<T> is looked for. This class uses it, so that no type that has it loses it.")]
    private static IEnumerable<Type> ItemsOf(Type type) => type.GetInterfaces()
        .Where(known => known.IsGenericType && known.GetGenericTypeDefinition() == typeof(IEnumerable<>))
        .Select(known => known.GenericTypeArguments[0]);

    private static bool IsPair(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(KeyValuePair<,>) && type.GenericTypeArguments[0] == typeof(string);

    private static bool IsNamedTuple(Type type) =>
        type.IsAssignableTo(typeof(ITuple)) && type.GenericTypeArguments is { Length: 2 } arguments && arguments[0] == typeof(string);

    private static Func<object, IEnumerable<Pair>> OfOne(Type value) => RuntimeFeature.IsDynamicCodeSupported
        ? typeof(NamedPairs).GetMethod(nameof(ReadOne), BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(value).CreateDelegate<Func<object, IEnumerable<Pair>>>()
        : source => [ReflectedPair.Read(source)];

    private static Func<object, IEnumerable<Pair>> OfAll(Type value) => RuntimeFeature.IsDynamicCodeSupported
        ? typeof(NamedPairs).GetMethod(nameof(ReadAll), BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(value).CreateDelegate<Func<object, IEnumerable<Pair>>>()
        : source => ((IEnumerable)source).Cast<object>().Select(ReflectedPair.Read);

    private static IEnumerable<Pair> ReadAll<TValue>(object source) =>
        ((IEnumerable<KeyValuePair<string, TValue>>)source).Select(pair => new Pair(pair.Key, pair.Value));

    private static IEnumerable<Pair> ReadOne<TValue>(object source)
    {
        var (key, value) = (KeyValuePair<string, TValue>)source;
        return [new(key, value)];
    }
}
