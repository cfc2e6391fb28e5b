using System.Collections;
using Zotify.Logging.Common;

namespace Zotify.Logging.Capture;

/// <summary>Renders the message of a call without letting a redacted value into it.</summary>
internal static class MessageSnapshot
{
    /// <summary>Whether the formatter would see a value that must not be written.</summary>
    public static bool MayShowRedacted<TState>(in TState state, StateReader<TState>? reader, StateShape? shape, Redactor redactor) =>
        shape is null ? MayShowRedacted(state, redactor) : shape.Hides(redactor) || !(reader!.HoldsPlainValues || HoldsNoOthers(reader, state));

    /// <summary>Whether none of the values is a collection, in which there may be anything. Asked of states whose names are known.</summary>
    private static bool HoldsNoOthers<TState>(StateReader<TState> reader, in TState state)
    {
        try
        {
            for (var i = reader.Count(state) - 2; i >= 0; i--)
                if (reader.At(state, i).Value is IEnumerable and not string) return false;
            return true;
        }
        catch (Exception)
        {
            return false;
        }
    }

    private static bool MayShowRedacted(object? state, Redactor redactor)
    {
        try
        {
            if (state is IReadOnlyList<KeyValuePair<string, object?>> list)
            {
                for (var i = 0; i < Math.Min(list.Count, NamedPairs.MaxLooks); i++)
                    if (Suspect(list[i], redactor)) return true;
                return list.Count > NamedPairs.MaxLooks;
            }

            var looks = 0;
            return NamedPairs.OfState(state)?.Any(value => ++looks == NamedPairs.MaxLooks || Suspect(value, redactor)) ?? false;
        }
        catch (Exception)
        {
            // What cannot be looked at cannot be trusted either.
            return true;
        }
    }

    /// <summary>The message that <paramref name="formatter"/> gives, or where it throws, one rendered from the snapshot values.</summary>
    public static string Format<TState>(in TState state, Exception? exception, Func<TState, Exception?, string> formatter, Redactor redactor)
    {
        try
        {
            return TextLimits.Clean(formatter(state, exception) ?? "");
        }
        catch (Exception failure)
        {
            string? template = null;
            var values = new List<KeyValuePair<string, object?>>();
            PropertySnapshot.AddTo(values, state, redactor, ref template);
            return template is null
                ? $"[the formatter threw {failure.GetType().Name}]"
                : TextLimits.Clean(TemplateRenderer.Render(template, values));
        }
    }

    /// <summary>The message, rendered again where a value is hidden, which then reads <see cref="Redactor.Mark"/>, or is a cut collection.</summary>
    public static string Redact<TState>(
        in TState state, Exception? exception, Func<TState, Exception?, string> formatter, Redactor redactor,
        IReadOnlyList<KeyValuePair<string, object?>> values, string? template)
    {
        // Without a template nothing tells which part of the formatter's text is the value.
        if (template is null) return values.Any(value => Hides(value.Value)) ? Redactor.Mark : Format(state, exception, formatter, redactor);
        // The formatter would render a collection whole, and one without end for ever.
        return values.Any(value => Hides(value.Value) || IsCut(value.Value))
            ? TextLimits.Clean(TemplateRenderer.Render(template, values))
            : Format(state, exception, formatter, redactor);
    }

    /// <summary>Whether a snapshot value is redacted, or something in it is, or may be because it was left out.</summary>
    public static bool Hides(object? value) => value switch
    {
        string text => ReferenceEquals(text, Redactor.Mark),
        IReadOnlyDictionary<string, object?> entries => entries.ContainsKey(ValueSnapshot.Cut) || entries.Values.Any(Hides),
        IReadOnlyList<object?> items => items.Any(Hides),
        _ => false,
    };

    /// <summary>Whether a snapshot value, or something in it, was left out.</summary>
    public static bool IsCut(object? value) => value switch
    {
        string text => ReferenceEquals(text, ValueSnapshot.Cut),
        IReadOnlyDictionary<string, object?> entries => entries.Values.Any(IsCut),
        IReadOnlyList<object?> items => items.Any(IsCut),
        _ => false,
    };

    private static bool Suspect(KeyValuePair<string, object?> value, Redactor redactor) =>
        (value.Key is not null && redactor.Hides(value.Key)) || value.Value is IEnumerable and not string;
}
