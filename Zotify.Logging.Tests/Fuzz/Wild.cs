using System.Collections;
using System.Text.Json;
using CsCheck;

namespace Zotify.Logging.Tests.Fuzz;

/// <summary>Values, states and exceptions that misbehave when they are read.</summary>
internal static class Wild
{
    private static readonly Gen<object?> Bad = Gen.OneOf(
        Gen.Const<object?>(() => new ThrowingText()),
        Gen.Const<object?>(() => new NullText()),
        Gen.Int[0, 3].Select(after => (object?)Failing(after)),
        Gen.Const<object?>(() => Endless()),
        Gen.Const<object?>(Cycle),
        Gen.Const<object?>(CyclicDictionary),
        Gen.Const<object?>(() => new Hashtable { [new ThrowingText()] = 1 }),
        Gen.Const<object?>(() => new Hashtable { [1] = new ThrowingText() }),
        Gen.Const<object?>(() => new Dictionary<string, object?> { ["endless"] = Endless() }),
        Gen.Const<object?>(() => new object?[] { new ThrowingText(), "good", Failing(1) }),
        Gen.Const<object?>(() => Enumerable.Repeat(Enumerable.Repeat(Enumerable.Repeat(new string('x', 40_000), 200), 200), 200)),
        Gen.Const<object?>(() => default(JsonElement)),
        Gen.Const<object?>(() => Task.FromException(new InvalidOperationException())),
        Gen.Const<object?>(() => typeof(List<>)),
        Gen.Const<object?>((Func<object?>)(() => (Action)Console.Clear)),
        Gen.Const<object?>(() => Int128.MaxValue),
        Gen.Const<object?>(() => Half.NaN),
        Hostile.Text.Select(text => (object?)new ArgumentException(text)),
        Values.Any);

    private static readonly Gen<KeyValuePair<string, object?>> Named = Gen.OneOf(
        Gen.Select(Gen.Null(Hostile.Name), Bad, (name, value) => KeyValuePair.Create(name!, value)),
        Gen.Const(KeyValuePair.Create("{OriginalFormat}", (object?)5)));

    /// <summary>States and scopes.</summary>
    public static readonly Gen<object?> State = Gen.OneOf(
        Named.Array[0, 5].Select(values => (object?)values),
        Named.Array[0, 5].Select(values => (object?)values.Where(_ => true)),
        Named.Array[0, 5].Select(values => (object?)new LyingList(values)),
        Named.Select(value => (object?)value),
        Gen.Select(Hostile.Name, Bad, (name, value) => (object?)(name, value)),
        Gen.Const<object?>(() => Endless().Select(number => KeyValuePair.Create<string, object?>($"{number}", number))),
        Gen.Const<object?>(() => Failing(1).Select(number => KeyValuePair.Create<string, object?>($"{number}", number))),
        Bad);

    /// <summary>Exceptions.</summary>
    public static readonly Gen<Exception> Exception = Gen.OneOf<Exception>(
        Hostile.Text.Select(text => (Exception)new InvalidOperationException(text, new IOException(text))),
        Gen.Const<Exception>(() => new ThrowingException()),
        Hostile.Text.Select(text => (Exception)new AggregateException(text, new IOException("a\r\nb\u2028c"), Thrown(text))));

    private static InvalidDataException Thrown(string text)
    {
        try
        {
            throw new InvalidDataException(text);
        }
        catch (InvalidDataException exception)
        {
            return exception;
        }
    }

    private static IEnumerable<int> Failing(int after)
    {
        for (var i = 0; i < after; i++) yield return i;
        throw new InvalidOperationException("the enumerator failed");
    }

    private static IEnumerable<int> Endless()
    {
        for (var i = 0; ; i++) yield return i;
    }

    private static List<object?> Cycle()
    {
        var cycle = new List<object?> { "a" };
        cycle.AddRange(cycle, cycle, cycle);
        return cycle;
    }

    private static Dictionary<string, object?> CyclicDictionary()
    {
        var cycle = new Dictionary<string, object?> { ["a"] = "a" };
        cycle["self"] = cycle;
        cycle["again"] = cycle;
        return cycle;
    }

    private sealed class ThrowingText
    {
        public override string ToString() => throw new InvalidOperationException("ToString failed");

        public override int GetHashCode() => 1;

        public override bool Equals(object? obj) => throw new InvalidOperationException("Equals failed");
    }

    private sealed class NullText
    {
        public override string? ToString() => null;
    }

    private sealed class ThrowingException : Exception
    {
        public override string Message => throw new InvalidOperationException("Message failed");

        public override string? StackTrace => throw new InvalidOperationException("StackTrace failed");
    }

    /// <summary>Reports the greatest length that a list can have.</summary>
    private sealed class LyingList(KeyValuePair<string, object?>[] values) : IReadOnlyList<KeyValuePair<string, object?>>
    {
        public int Count => int.MaxValue;

        public KeyValuePair<string, object?> this[int index] =>
            values.Length == 0 ? throw new InvalidOperationException("empty") : values[index % values.Length];

        public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => throw new NotSupportedException();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
