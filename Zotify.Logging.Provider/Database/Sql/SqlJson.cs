using System.Text.Json;
using System.Text.Json.Serialization;

namespace Zotify.Logging.Database;

/// <summary>
/// Writes lists and rows as JSON, so that one parameter of a command can hold any number of them. The serializer is generated: a program
/// that is trimmed or compiled ahead of time has no reflection for it.
/// </summary>
[JsonSerializable(typeof(IEnumerable<string>))]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(List<Dictionary<string, object?>>))]
[JsonSerializable(typeof(bool))]
[JsonSerializable(typeof(int))]
[JsonSerializable(typeof(long))]
[JsonSerializable(typeof(double))]
[JsonSerializable(typeof(DateTime))]
[JsonSerializable(typeof(Guid))]
internal sealed partial class SqlJson : JsonSerializerContext
{
    /// <summary>An array of texts.</summary>
    public static string Of(IEnumerable<string> texts) => JsonSerializer.Serialize(texts, Default.IEnumerableString);

    /// <summary>The texts of an array.</summary>
    public static string[] Texts(string json) => JsonSerializer.Deserialize(json, Default.StringArray)!;

    /// <summary>An array of rows, each an object by column.</summary>
    public static string Of<TRow>(IEnumerable<TRow> rows, IReadOnlyList<RowColumn<TRow>> columns) =>
        Of([.. rows.Select(row => columns.ToDictionary(column => column.Name, column => column.Value(row)))]);

    /// <summary>An array of rows, each an object by column. The values are of the types that the engines store.</summary>
    public static string Of(List<Dictionary<string, object?>> rows) => JsonSerializer.Serialize(rows, Default.ListDictionaryStringObject);
}
