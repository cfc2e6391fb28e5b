using Zotify.Logging.Common;
using Pair = System.Collections.Generic.KeyValuePair<string, object?>;

namespace Zotify.Logging.Capture;

/// <summary>
/// A state, read once, with both its values and their snapshots. For messages that the formatter alone cannot make. Used within one call.
/// </summary>
internal sealed class LoggedState : IStateSink
{
    private readonly List<LoggedValue> _values = [];
    private readonly List<Pair> _properties = [];

    private LoggedState(Redactor redactor) => Redactor = redactor;

    /// <summary>The current redaction.</summary>
    public Redactor Redactor { get; }

    /// <summary>All values in the order of the state, repeated names included.</summary>
    public IReadOnlyList<LoggedValue> Values => _values;

    /// <summary>The values as a record has them: unique names, within the limit.</summary>
    public IReadOnlyList<Pair> Properties => _properties;

    /// <summary>The message template, where the state has one.</summary>
    public string? Template { get; private set; }

    /// <summary>Whether a value, or something in it, is redacted.</summary>
    public bool Hides { get; private set; }

    /// <summary>Whether a limit left a value out, or something in it: its content is unknown.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Reads the state. Throws nothing: a state that throws gets a property with its error.</summary>
    public static LoggedState Read(object? state, Redactor redactor)
    {
        var logged = new LoggedState(redactor);
        StateValues.Read(state, ref logged, out var isWhole);
        logged.IsCut |= !isWhole;
        return logged;
    }

    /// <summary>Adds a property with the reason why the formatter failed, unless the state's own error explains it already.</summary>
    public static IReadOnlyList<Pair> WithFailure(IReadOnlyList<Pair> properties, string failure) =>
        properties.Any(property => property.Key == PropertySnapshot.StateError)
            ? properties
            : [.. properties, new(PropertySnapshot.FormatterError, failure)];

    void IStateSink.Template(string? template) => Template = template;

    void IStateSink.Failed(string error) => PropertySnapshot.Set(_properties, PropertySnapshot.StateError, error);

    void IStateSink.Add(string name, object? value)
    {
        var taken = new ValueSnapshot(Redactor).Take(name, value);
        name = Redactor.OfAddresses(TextLimits.Clean(name));
        PropertySnapshot.Set(_properties, name, taken);
        var (hides, isCut) = (MessageSnapshot.Hides(taken), MessageSnapshot.IsCut(taken));
        Hides |= hides;
        IsCut |= isCut;
        _values.Add(new LoggedValue(name, value, taken, hides || isCut ? CollectionText.Of(value, taken, Redactor) : null));
    }
}
