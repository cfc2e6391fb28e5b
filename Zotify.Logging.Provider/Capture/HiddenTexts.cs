using System.Collections;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Zotify.Logging.Capture;

/// <summary>
/// The texts in which a redacted value may appear in a message that other code formatted. Reads as much of a value as a snapshot does,
/// because collections may have no end. One instance reads one value.
/// </summary>
internal sealed class HiddenTexts
{
    private const int MaxDepth = 5;

    private readonly Redactor _redactor;
    private readonly HashSet<string> _texts = new(StringComparer.Ordinal);
    private int _itemsLeft = 1_000;

    private HiddenTexts(Redactor redactor) => _redactor = redactor;

    /// <summary>The texts.</summary>
    public IReadOnlyCollection<string> Texts => _texts;

    /// <summary>Whether these are all texts: false where a limit left some out.</summary>
    public bool IsWhole { get; private set; } = true;

    /// <summary>The texts of a value whose name is redacted, or of the redacted values in it.</summary>
    public static HiddenTexts Of(string name, object? value, Redactor redactor)
    {
        var hidden = new HiddenTexts(redactor);
        hidden.Add(name, value, 0);
        return hidden;
    }

    /// <summary>
    /// The texts that a formatter may make of a value: in the invariant culture and in the thread's; a collection as one text and item by
    /// item.
    /// </summary>
    public static IReadOnlyList<string> Plain(object? value)
    {
        try
        {
            return value switch
            {
                null => [],
                string text => [text],
                IFormattable formattable =>
                    [formattable.ToString(null, CultureInfo.InvariantCulture), formattable.ToString(null, CultureInfo.CurrentCulture)],
                IEnumerable items => OfItems([.. items.Cast<object?>().Take(ValueSnapshot.MaxItems).Select(item => $"{item}")]),
                _ => [value.ToString() ?? ""],
            };
        }
        catch (Exception)
        {
            // A value without a text appears in no message.
            return [];
        }
    }

    private void Add(string name, object? value, int depth)
    {
        if (_redactor.Hides(name))
        {
            if (value is IEnumerable items and not string) IsWhole &= !items.Cast<object?>().Skip(ValueSnapshot.MaxItems).Any();
            foreach (var text in Plain(value).SelectMany(Lines).SelectMany(Spellings))
                if (!string.IsNullOrWhiteSpace(text)) _texts.Add(text);
        }
        else if (depth < MaxDepth)
        {
            foreach (var item in Named(value).Take(ValueSnapshot.MaxItems))
            {
                if (--_itemsLeft < 0) return;
                Add(item.Key, item.Value, depth + 1);
            }
        }
    }

    private static IReadOnlyList<string> OfItems(string[] items) => [string.Join(", ", items), string.Join(",", items), .. items];

    private static IEnumerable<KeyValuePair<string, object?>> Named(object? value) => value switch
    {
        null or string => [],
        JsonElement { ValueKind: JsonValueKind.Object } json =>
            json.EnumerateObject().Select(property => KeyValuePair.Create(property.Name, (object?)property.Value)),
        JsonElement { ValueKind: JsonValueKind.Array } json => json.EnumerateArray().Select(item => KeyValuePair.Create("", (object?)item)),
        IDictionary dictionary => dictionary.Keys.Cast<object>().Select(key => KeyValuePair.Create(key.ToString() ?? "", dictionary[key])),
        _ when NamedPairs.Of(value) is { } pairs => pairs,
        IEnumerable items => items.Cast<object?>().Select(item => KeyValuePair.Create("", item)),
        _ => [],
    };

    /// <summary>The text and its single lines: a message may show it line by line.</summary>
    private static IEnumerable<string> Lines(string text) =>
        text.Contains('\n', StringComparison.Ordinal) ? text.Split('\n').Select(line => line.Trim('\r')).Prepend(text) : [text];

    private static IEnumerable<string> Spellings(string text) =>
    [
        text,
        JavaScriptEncoder.Default.Encode(text),
        JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text),
        Uri.EscapeDataString(text),
        WebUtility.UrlEncode(text),
        WebUtility.HtmlEncode(text),
        Convert.ToBase64String(Encoding.UTF8.GetBytes(text)),
    ];
}
