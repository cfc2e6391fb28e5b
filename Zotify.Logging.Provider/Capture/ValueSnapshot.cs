using System.Collections;
using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml;
using Zotify.Logging.Common;

namespace Zotify.Logging.Capture;

/// <summary>
/// Turns a value of a state or scope into one that cannot change: keeps immutable values and renders everything else now. Whatever a value
/// does, throwing included, has no effect outside.
/// </summary>
/// <param name="redactor">Hides values, also inside dictionaries.</param>
internal struct ValueSnapshot(Redactor redactor)
{
    /// <summary>Replaces whatever exceeds the limits: an item, an entry, or a whole collection.</summary>
    public const string Cut = "…";

    /// <summary>The most items of a collection, at each level.</summary>
    public const int MaxItems = 100;

    private const int MaxDepth = 5;

    // Nested collections share these limits, so that no property makes a record of unbounded size.
    private int _itemsLeft = 1_000;
    private int _charactersLeft = TextLimits.MaxLength;

    /// <summary>An immutable copy of a value, or its text. <see cref="LogRecord"/> lists the types.</summary>
    public object? Take(object? value) => Take(value, 0);

    /// <summary>The snapshot of a named value; <see cref="Redactor.Mark"/> where the name is redacted.</summary>
    public object? Take(string name, object? value) => redactor.Hides(name) ? Redactor.Mark : Take(value, 0);

    private object? Take(object? value, int depth)
    {
        switch (value)
        {
            case null:
                return null;
            case string text:
                return Clean(text);
            case Enum:
                return Text(value);
            case bool or byte or sbyte or short or ushort or int or uint or long or ulong or decimal:
            case DateTime or DateTimeOffset or DateOnly or TimeOnly or TimeSpan or Guid:
                return value;
            case double number:
                return double.IsFinite(number) ? value : number.ToString(CultureInfo.InvariantCulture);
            case float number:
                return float.IsFinite(number) ? value : number.ToString(CultureInfo.InvariantCulture);
            case char letter:
                return TextLimits.Clean(letter.ToString());
            case byte[] bytes:
                return TextLimits.Clean(Convert.ToBase64String(bytes, 0, Math.Min(bytes.Length, TextLimits.MaxLength)));
            case BigInteger or IFormattable or Delegate or Type:
                return Text(value);
            case IDictionary or IEnumerable<KeyValuePair<string, object?>>:
                return Collect(value, depth, OfEntries);
            case IQueryable or XmlNode:
                // To enumerate a queryable would run its query; to enumerate a node would return its children without their text.
                return Text(value);
            case JsonElement json:
                return OfJson(json, depth);
            case JsonValue json:
                return json.TryGetValue<JsonElement>(out var element) ? OfJson(element, depth) : Take(json.GetValue<object>(), depth);
            case not null when NamedPairs.Of(value) is not null:
                return Collect(value, depth, OfEntries);
            case IEnumerable:
                return Collect(value, depth, OfItems);
            default:
                return Text(value);
        }
    }

    private static object OfItems(ref ValueSnapshot self, object source, int depth) => self.Items((IEnumerable)source, depth);

    private static object OfEntries(ref ValueSnapshot self, object source, int depth) => self.Entries(source, depth);

    private delegate object Collector(ref ValueSnapshot self, object source, int depth);

    private object Collect(object source, int depth, Collector collect)
    {
        if (depth == MaxDepth) return Cut;
        try
        {
            return collect(ref this, source, depth);
        }
        catch (Exception exception)
        {
            return $"[{source.GetType().Name} threw {exception.GetType().Name}]";
        }
    }

    private List<object?> Items(IEnumerable source, int depth)
    {
        var items = new List<object?>();
        foreach (var item in source)
        {
            if (items.Count == MaxItems || --_itemsLeft < 0 || _charactersLeft < 0)
            {
                items.Add(Cut);
                break;
            }

            items.Add(Take(item, depth + 1));
            Spend(items[^1]);
        }

        return items;
    }

    private Dictionary<string, object?> Entries(object source, int depth)
    {
        var entries = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (key, value) in Pairs(source))
        {
            if (entries.Count == MaxItems || --_itemsLeft < 0 || _charactersLeft < 0)
            {
                entries[Cut] = Cut;
                break;
            }

            entries[key] = redactor.Hides(key) ? Redactor.Mark : Take(value, depth + 1);
            Spend(key);
            Spend(entries[key]);
        }

        return entries;
    }

    private object? OfJson(JsonElement json, int depth) => json.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number when json.TryGetInt64(out var number) => number,
        // A decimal with more digits would be rounded.
        JsonValueKind.Number when json.GetRawText() is { Length: <= 28 } && json.TryGetDecimal(out var number) => number,
        JsonValueKind.Object => Collect(json, depth, OfEntries),
        JsonValueKind.Array => Collect(json.EnumerateArray(), depth, OfItems),
        _ => Text(json),
    };

    private void Spend(object? value)
    {
        if (value is string text) _charactersLeft -= text.Length;
    }

    private readonly string Clean(string text) => QueryStringRedaction.Apply(TextLimits.Clean(text), redactor);

    private readonly IEnumerable<(string Key, object? Value)> Pairs(object source)
    {
        if (source is JsonElement json)
        {
            foreach (var property in json.EnumerateObject()) yield return (Clean(property.Name), property.Value);
        }
        else if (source is IDictionary dictionary and not IEnumerable<KeyValuePair<string, object?>>)
        {
            foreach (DictionaryEntry entry in dictionary) yield return (Text(entry.Key), entry.Value);
        }
        else
        {
            foreach (var (key, value) in NamedPairs.Of(source)!) yield return (Clean(key), value);
        }
    }

    private readonly string Text(object value)
    {
        try
        {
            var text = value switch
            {
                IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
                XmlNode xml => xml.OuterXml,
                _ => value.ToString(),
            };
            return Clean(text ?? "");
        }
        catch (Exception exception)
        {
            return $"[{value.GetType().Name}.ToString threw {exception.GetType().Name}]";
        }
    }
}
