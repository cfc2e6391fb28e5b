using System.Collections;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Zotify.Logging.Common;

namespace Zotify.Logging.Capture;

/// <summary>
/// Renders a collection in the layout of Microsoft.Extensions.Logging's formatter: the <c>ToString</c> of each item, separated by commas.
/// Keeps to the limits and hides what is redacted.
/// </summary>
internal static class CollectionText
{
    /// <summary>The text to show for a value that is redacted, has something redacted in it, or exceeds the limits.</summary>
    /// <param name="value">The value.</param>
    /// <param name="taken">Its snapshot, whose text is returned where the value's own text might show too much.</param>
    /// <param name="redactor">The current redaction.</param>
    public static string Of(object? value, object? taken, Redactor redactor)
    {
        try
        {
            return value switch
            {
                _ when taken is string text => text,
                JsonElement or JsonNode and not (JsonObject or JsonArray) => JsonText.Redact(value.ToString() ?? "", redactor),
                IEnumerable items and not string => OfItems(items, redactor),
                _ => OfSnapshot(taken),
            };
        }
        catch (Exception)
        {
            return OfSnapshot(taken);
        }
    }

    /// <summary>The text of a snapshot. Trees are written in full.</summary>
    public static string OfSnapshot(object? taken) => taken switch
    {
        null => TemplateRenderer.Null,
        string text => text,
        IReadOnlyDictionary<string, object?> entries =>
            string.Join(", ", entries.Select(entry => $"[{entry.Key}, {OfSnapshot(entry.Value)}]")),
        IReadOnlyList<object?> items => string.Join(", ", items.Select(OfSnapshot)),
        _ => Convert.ToString(taken, CultureInfo.InvariantCulture) ?? "",
    };

    private static string OfItems(IEnumerable items, Redactor redactor)
    {
        var text = new StringBuilder();
        var count = 0;
        foreach (var item in items)
        {
            if (count > 0) text.Append(", ");
            if (count++ == ValueSnapshot.MaxItems || text.Length > TextLimits.MaxLength)
            {
                text.Append(ValueSnapshot.Cut[0]);
                break;
            }

            text.Append(OfItem(item, redactor));
        }

        return text.ToString();
    }

    private static string OfItem(object? item, Redactor redactor)
    {
        if (item is null) return TemplateRenderer.Null;
        if (item is DictionaryEntry entry) return $"[{entry.Key}, {OfNamed(entry.Key.ToString() ?? "", entry.Value, redactor)}]";
        if (item is not (string or IEnumerable) && NamedPairs.Of(item) is { } pairs)
            return string.Join(", ", pairs.Select(pair => $"[{pair.Key}, {OfNamed(pair.Key, pair.Value, redactor)}]"));
        return OfOne(item, redactor, CultureInfo.InvariantCulture);
    }

    private static string OfNamed(string name, object? value, Redactor redactor) =>
        redactor.Hides(name) ? Redactor.Mark : value is null ? "" : OfOne(value, redactor, CultureInfo.CurrentCulture);

    private static string OfOne(object value, Redactor redactor, CultureInfo culture)
    {
        if (value is JsonNode or JsonElement) return JsonText.Redact(value.ToString() ?? "", redactor);
        var taken = new ValueSnapshot(redactor).Take(value);
        return MessageSnapshot.Hides(taken) || MessageSnapshot.IsCut(taken) ? OfSnapshot(taken) : Convert.ToString(value, culture) ?? "";
    }
}
