using System.Collections;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Zotify.Logging.Tests.Fuzz;

/// <summary>The expected form of a value, computed in another way than by the library.</summary>
internal static class Expected
{
    private const int MostCharacters = 32_768;
    private const int MostValues = 128;

    /// <summary>A text as it is written: cut with a marker, and a lone surrogate is U+FFFD.</summary>
    public static string Text(string text)
    {
        if (text.Length > MostCharacters)
        {
            var kept = char.IsHighSurrogate(text[MostCharacters - 1]) ? MostCharacters - 1 : MostCharacters;
            text = string.Create(CultureInfo.InvariantCulture, $"{text[..kept]}… [cut, {text.Length} characters]");
        }

        return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
    }

    /// <summary>
    /// The named values as they are written: for equal names, the last value at the first position, and no more than the limit.
    /// </summary>
    public static IReadOnlyList<KeyValuePair<string, object?>> Named(IEnumerable<KeyValuePair<string, object?>> values)
    {
        var names = new List<string>();
        var last = new Dictionary<string, object?>();
        foreach (var (key, value) in values)
        {
            var name = Text(key);
            if (!last.ContainsKey(name) && names.Count == MostValues) continue;
            if (last.TryAdd(name, value)) names.Add(name);
            else last[name] = value;
        }

        return [.. names.Select(name => KeyValuePair.Create(name, last[name]))];
    }

    /// <summary>
    /// The values of scopes as they are written: for equal names, the innermost at its own position, and no more than the limit.
    /// </summary>
    public static IReadOnlyList<KeyValuePair<string, object?>> Scoped(IEnumerable<IEnumerable<KeyValuePair<string, object?>>> scopes)
    {
        var inner = scopes.SelectMany(Named).Reverse().DistinctBy(value => value.Key).Take(MostValues);
        return [.. inner.Reverse()];
    }

    /// <summary>The object has exactly these values, in this order.</summary>
    public static void AreSame(IReadOnlyList<KeyValuePair<string, object?>> values, JsonElement found)
    {
        var properties = found.EnumerateObject().ToArray();
        CollectionAssert.AreEqual(values.Select(value => value.Key).ToArray(), properties.Select(property => property.Name).ToArray());
        for (var i = 0; i < properties.Length; i++) IsSame(values[i].Value, properties[i].Value);
    }

    private static void IsSame(object? value, JsonElement found)
    {
        switch (value)
        {
            case null: Assert.AreEqual(JsonValueKind.Null, found.ValueKind); break;
            case bool flag: Assert.AreEqual(flag, found.GetBoolean()); break;
            case ulong number: Assert.AreEqual(number, found.GetUInt64()); break;
            case byte or sbyte or short or ushort or int or uint or long: Assert.AreEqual(
                Convert.ToInt64(value, CultureInfo.InvariantCulture), found.GetInt64()); break;
            case decimal number: Assert.AreEqual(number.ToString(CultureInfo.InvariantCulture), found.GetRawText()); break;
            case double number when double.IsFinite(number): Assert.AreEqual(
                BitConverter.DoubleToInt64Bits(number), BitConverter.DoubleToInt64Bits(found.GetDouble())); break;
            case float number when float.IsFinite(number): Assert.AreEqual(
                BitConverter.SingleToInt32Bits(number), BitConverter.SingleToInt32Bits(found.GetSingle())); break;
            case double or float: Assert.AreEqual(Convert.ToString(value, CultureInfo.InvariantCulture), found.GetString()); break;
            case DateTime time:
                var read = DateTime.Parse(found.GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);
                Assert.AreEqual((time, time.Kind), (read, read.Kind));
                break;
            case DateTimeOffset time:
                var offset = DateTimeOffset.Parse(found.GetString()!, CultureInfo.InvariantCulture);
                Assert.AreEqual((time.Ticks, time.Offset), (offset.Ticks, offset.Offset));
                break;
            case DateOnly date: Assert.AreEqual(date, DateOnly.Parse(found.GetString()!, CultureInfo.InvariantCulture)); break;
            case TimeOnly time: Assert.AreEqual(time, TimeOnly.Parse(found.GetString()!, CultureInfo.InvariantCulture)); break;
            case TimeSpan span: Assert.AreEqual(span, TimeSpan.Parse(found.GetString()!, CultureInfo.InvariantCulture)); break;
            case Guid id: Assert.AreEqual(id, found.GetGuid()); break;
            case byte[] bytes: CollectionAssert.AreEqual(bytes, found.GetBytesFromBase64()); break;
            case Enum or char: Assert.AreEqual(Text(value.ToString()!), found.GetString()); break;
            case string text: Assert.AreEqual(Text(text), found.GetString()); break;
            case IDictionary<string, object?> entries: AreSame(
                [.. entries.Select(entry => KeyValuePair.Create(Text(entry.Key), entry.Value))], found); break;
            case IEnumerable items:
                var expected = items.Cast<object?>().ToArray();
                Assert.AreEqual(expected.Length, found.GetArrayLength());
                for (var i = 0; i < expected.Length; i++) IsSame(expected[i], found[i]);
                break;
            default: throw new AssertFailedException($"{value.GetType()} is not one of the values.");
        }
    }
}
