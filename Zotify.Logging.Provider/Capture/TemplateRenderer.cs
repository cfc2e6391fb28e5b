using System.Collections;
using System.Globalization;
using System.Text;
using Zotify.Logging.Records;

namespace Zotify.Logging.Capture;

/// <summary>
/// Renders a message template with the values of its call, as Microsoft.Extensions.Logging's formatter would. Used where that formatter
/// must not show a value (redaction), would not end, or failed.
/// </summary>
/// <remarks>Holes are <c>{name[,alignment][:format]}</c>; <c>{{</c> and <c>}}</c> are braces (messagetemplates.org).</remarks>
internal static class TemplateRenderer
{
    /// <summary>The formatter's text for <see langword="null"/>.</summary>
    public const string Null = "(null)";

    /// <summary>The text of the template. A hole without a value stays as it is.</summary>
    /// <param name="template">The template.</param>
    /// <param name="values">The values in the order of the state. The first belongs to the first hole, where their names agree.</param>
    /// <param name="culture">Formats the values; the invariant one by default.</param>
    /// <param name="showsAll">Whether to show all values themselves, even those that have a replacement text.</param>
    public static string Render(string template, IReadOnlyList<LoggedValue> values, CultureInfo? culture = null, bool showsAll = false)
    {
        culture ??= CultureInfo.InvariantCulture;
        var text = new StringBuilder(template.Length + 32);
        var at = 0;
        for (var hole = 0; at < template.Length;)
        {
            var brace = template.AsSpan(at).IndexOfAny('{', '}');
            if (brace < 0) break;
            text.Append(template, at, brace);
            at += brace;
            if (at + 1 < template.Length && template[at + 1] == template[at])
            {
                text.Append(template[at]);
                at += 2;
                continue;
            }

            var end = template[at] == '{' ? template.IndexOf('}', at) : -1;
            if (end < 0) text.Append(template[at++]);
            else
            {
                var (name, layout) = Split(template.AsSpan((at + 1)..end));
                if (Find(values, name, hole++) is { } value) text.Append(Text(value, layout, culture, showsAll));
                else text.Append(template, at, end + 1 - at);
                at = end + 1;
            }
        }

        return text.Append(template, at, template.Length - at).ToString();
    }

    /// <summary>Whether the template has a hole for a name.</summary>
    public static bool Shows(string template, string name)
    {
        for (var at = template.IndexOf('{'); at >= 0; at = template.IndexOf('{', at + 1))
        {
            var end = template.IndexOf('}', at);
            if (end > 0 && PropertyNames.Same(Split(template.AsSpan((at + 1)..end)).Name, name)) return true;
        }

        return false;
    }

    private static (string Name, string Layout) Split(ReadOnlySpan<char> hole)
    {
        var end = hole.IndexOfAny(',', ':');
        return end < 0 ? (hole.ToString(), "") : (hole[..end].ToString(), hole[end..].ToString());
    }

    private static LoggedValue? Find(IReadOnlyList<LoggedValue> values, string name, int hole)
    {
        // Names may repeat, each with a value of its own.
        if (hole < values.Count && values[hole].Name == name) return values[hole];
        for (var i = 0; i < values.Count; i++)
            if (values[i].Name == name) return values[i];

        // A source-generated template may spell a parameter's name differently.
        for (var i = 0; i < values.Count; i++)
            if (PropertyNames.Same(values[i].Name, name)) return values[i];
        return null;
    }

    private static string Text(in LoggedValue value, string layout, CultureInfo culture, bool showsAll)
    {
        if (!showsAll && value.Shown is { } shown) return Layout(shown, layout, culture);
        try
        {
            return Layout(value.Value switch
            {
                null => Null,
                string text => text,
                IEnumerable items => string.Join(", ", items.Cast<object?>().Select(Item)),
                _ => value.Value,
            }, layout, culture);
        }
        catch (Exception)
        {
            // The snapshot has a marker for the exception.
            return Layout(CollectionText.OfSnapshot(value.Taken), layout, culture);
        }
    }

    private static string? Item(object? item) => item is null ? Null : Convert.ToString(item, CultureInfo.InvariantCulture);

    private static string Layout(object value, string layout, CultureInfo culture)
    {
        try
        {
            return string.Format(culture, $"{{0{layout}}}", value);
        }
        catch (FormatException)
        {
            // The alignment or the format is invalid.
            return Convert.ToString(value, culture) ?? "";
        }
    }
}
