using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Zotify.Logging.Database;

/// <summary>
/// Writes lists and rows as JSON, so that one parameter of a command can hold any number of them. Written by hand: a serializer would
/// compile a hundred methods for the first row of a process.
/// </summary>
internal static class SqlJson
{
    /// <summary>An array of texts.</summary>
    public static string Of(IEnumerable<string> texts) => Write(json =>
    {
        foreach (var text in texts) json.WriteStringValue(text);
    });

    /// <summary>An array of rows, each an object by column. The values are of the types that the engines store.</summary>
    public static string Of(List<Dictionary<string, object?>> rows) => Write(json =>
    {
        foreach (var row in rows)
        {
            json.WriteStartObject();
            foreach (var (name, value) in row) Write(json, name, value);
            json.WriteEndObject();
        }
    });

    private static string Write(Action<Utf8JsonWriter> writeItems)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartArray();
            writeItems(json);
            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter json, string name, object? value)
    {
        switch (value)
        {
            case null: json.WriteNull(name); break;
            case string text: json.WriteString(name, text); break;
            case long number: json.WriteNumber(name, number); break;
            case int number: json.WriteNumber(name, number); break;
            case DateTime time: json.WriteString(name, time); break;
            case Guid id: json.WriteString(name, id); break;
            default: throw new ArgumentException($"'{name}' is a {value.GetType().Name}, which no column has.", nameof(value));
        }
    }
}
