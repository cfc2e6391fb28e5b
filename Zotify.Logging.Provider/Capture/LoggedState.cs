using Zotify.Logging.Common;
using Pair = System.Collections.Generic.KeyValuePair<string, object?>;

namespace Zotify.Logging.Capture;

/// <summary>
/// A state read once, with its values as they are beside their snapshots: for messages that cannot be left to the formatter
/// alone. Lives inside one call.
/// </summary>
internal sealed class LoggedState : IStateSink
{
    private readonly List<LoggedValue> _values = [];
    private readonly List<Pair> _properties = [];

    private LoggedState(Redactor redactor) => Redactor = redactor;

    /// <summary>The redaction in force.</summary>
    public Redactor Redactor { get; }

    /// <summary>All values in the order of the state, names that repeat included.</summary>
    public IReadOnlyList<LoggedValue> Values => _values;

    /// <summary>The same as a record keeps them: names unique, no more than the limit.</summary>
    public IReadOnlyList<Pair> Properties => _properties;

    /// <summary>The message template, where the state has one.</summary>
    public string? Template { get; private set; }

    /// <summary>Whether some value must not be written, or something in it.</summary>
    public bool Hides { get; private set; }

    /// <summary>Whether some value, or something in it, was left out by a limit: what it is remains unknown.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Reads the state. Throws nothing: a state that does leaves a property that says so.</summary>
    public static LoggedState Read(object? state, Redactor redactor)
    {
        var logged = new LoggedState(redactor);
        StateValues.Read(state, ref logged, out var isWhole);
        logged.IsCut |= !isWhole;
        return logged;
    }

    /// <summary>Adds a property that says why the formatter gave no message, unless the state itself is to blame and says so.</summary>
    public static IReadOnlyList<Pair> WithFailure(IReadOnlyList<Pair> properties, string failure) =>
        properties.Any(property => property.Key == PropertySnapshot.StateError)
            ? properties
            : [.. properties, new(PropertySnapshot.FormatterError, failure)];

    void IStateSink.Template(string? template) => Template = template;

    void IStateSink.Failed(string error) => PropertySnapshot.Set(_properties, PropertySnapshot.StateError, error);

    void IStateSink.Add(string name, object? value)
    {
        var taken = new ValueSnapshot(Redactor).Take(name, value);
        name = TextLimits.Clean(name);
        PropertySnapshot.Set(_properties, name, taken);
        var (hides, isCut) = (MessageSnapshot.Hides(taken), MessageSnapshot.IsCut(taken));
        Hides |= hides;
        IsCut |= isCut;
        _values.Add(new LoggedValue(name, value, taken, hides || isCut ? CollectionText.Of(value, taken, Redactor) : null));
    }
}
