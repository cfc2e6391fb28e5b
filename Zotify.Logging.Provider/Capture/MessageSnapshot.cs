using System.Collections;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Zotify.Logging.Common;

namespace Zotify.Logging.Capture;

/// <summary>Renders the message of a call: the formatter's text, without redacted values.</summary>
internal static class MessageSnapshot
{
    /// <summary>Whether the formatter may show a redacted value.</summary>
    public static bool MayShowRedacted<TState>(in TState state, StateReader<TState>? reader, StateShape? shape, Redactor redactor) =>
        shape is null
            ? MayShowRedacted(state, redactor)
            : shape.Hides(redactor) || !(reader!.HoldsPlainValues || HoldsNoOthers(reader, state));

    /// <summary>The formatter's message. Where the formatter throws, a message from the template and the values that can be read.</summary>
    /// <param name="state">The state.</param>
    /// <param name="exception">The exception, for the formatter.</param>
    /// <param name="formatter">The call's formatter.</param>
    /// <param name="redactor">The current redaction.</param>
    /// <param name="failure">A readable marker for the exception that the formatter threw.</param>
    public static string Format<TState>(
        in TState state, Exception? exception, Func<TState, Exception?, string> formatter, Redactor redactor, out string? failure)
    {
        try
        {
            failure = null;
            return QueryStringRedaction.Apply(TextLimits.Clean(formatter(state, exception) ?? ""), redactor);
        }
        catch (Exception thrown)
        {
            return redactor.OfAddresses(WithoutFormatter(LoggedState.Read(state, redactor), thrown, out failure));
        }
    }

    /// <summary>
    /// As above, for a state that may have a redacted value: the same message, with <see cref="Redactor.Mark"/> in place of that value.
    /// </summary>
    public static string Format<TState>(
        in TState state, Exception? exception, Func<TState, Exception?, string> formatter, LoggedState logged, out string? failure)
    {
        failure = null;
        try
        {
            // The formatter would render a whole collection, and never return from an endless one.
            if (logged is { IsCut: true, Template: { } template })
                return QueryStringRedaction.Apply(TextLimits.Clean(TemplateRenderer.Render(template, logged.Values)), logged.Redactor);
            var text = formatter(state, exception) ?? "";
            return QueryStringRedaction.Apply(TextLimits.Clean(logged.Hides ? Redact(text, logged) : text), logged.Redactor);
        }
        catch (Exception thrown)
        {
            return logged.Redactor.OfAddresses(WithoutFormatter(logged, thrown, out failure));
        }
    }

    /// <summary>Whether a snapshot value, or something in it, is redacted. True as well where something that was left out may be.</summary>
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

    /// <summary>
    /// The formatter's text without the redacted values. Where the template yields exactly this text, it is rendered again without those
    /// values, so that none can appear. Otherwise the text is searched for the values' texts.
    /// </summary>
    private static string Redact(string text, LoggedState logged)
    {
        if (logged.Template is not { } template) return new TextRedaction(logged).Apply(text, out _);
        foreach (var culture in (CultureInfo[])[CultureInfo.InvariantCulture, CultureInfo.CurrentCulture])
        {
            if (text == TemplateRenderer.Render(template, logged.Values, culture, showsAll: true))
                return TemplateRenderer.Render(template, logged.Values, culture);
        }

        // A value that the template shows but the search does not find appears in another form.
        var redacted = new TextRedaction(logged).Apply(text, out var notFound);
        return notFound.Any(name => TemplateRenderer.Shows(template, name)) ? TemplateRenderer.Render(template, logged.Values) : redacted;
    }

    private static string WithoutFormatter(LoggedState logged, Exception thrown, out string? failure)
    {
        failure = $"[the formatter threw {thrown.GetType().Name}]";
        if (logged.Template is { } template) return TextLimits.Clean(TemplateRenderer.Render(template, logged.Values));
        var values = logged.Values.Select(value => $"\n{value.Name}: {value.Shown ?? CollectionText.OfSnapshot(value.Taken)}");
        return TextLimits.Clean(failure + string.Concat(values));
    }

    /// <summary>Whether none of the values can contain another named value. For states whose own names were checked already.</summary>
    private static bool HoldsNoOthers<TState>(StateReader<TState> reader, in TState state)
    {
        try
        {
            for (var i = reader.Count(state) - 2; i >= 0; i--)
                if (MayHoldOthers(reader.At(state, i).Value)) return false;
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
                for (var i = 0; i < Math.Min(list.Count, NamedPairs.MaxValues); i++)
                    if (Suspect(list[i], redactor)) return true;
                return list.Count > NamedPairs.MaxValues;
            }

            var read = 0;
            return NamedPairs.OfState(state)?.Any(value => ++read == NamedPairs.MaxValues || Suspect(value, redactor)) ?? false;
        }
        catch (Exception)
        {
            // A state that cannot be read cannot be trusted either.
            return true;
        }
    }

    private static bool Suspect(KeyValuePair<string, object?> value, Redactor redactor) =>
        (value.Key is not null && redactor.Hides(value.Key)) || MayHoldOthers(value.Value);

    private static bool MayHoldOthers(object? value) => value switch
    {
        null or string => false,
        IEnumerable or JsonElement or JsonNode => true,
        IFormattable => false,
        _ => NamedPairs.Are(value.GetType()),
    };
}
