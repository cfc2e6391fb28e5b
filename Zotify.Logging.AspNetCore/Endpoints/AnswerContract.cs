using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Zotify.Logging.AspNetCore.Streams;

namespace Zotify.Logging.AspNetCore.Endpoints;

/// <summary>
/// The JSON of the answers as documented, whatever options the application sets for its own: the columns' names, numbers as numbers, times
/// with all their digits, and nulls included. Affects no type of the application. Thread-safe.
/// </summary>
internal sealed class AnswerContract : IJsonTypeInfoResolver
{
    private static readonly DefaultJsonTypeInfoResolver Resolver = new();
    private static readonly Assembly[] Own = [typeof(AnswerContract).Assembly, typeof(LoggingService).Assembly];

    /// <inheritdoc/>
    public JsonTypeInfo? GetTypeInfo(Type type, JsonSerializerOptions options)
    {
        if (!Own.Contains(type.Assembly)) return null;
        var info = Resolver.GetTypeInfo(type, options);
        if (info.Kind == JsonTypeInfoKind.Object)
        {
            info.NumberHandling = JsonNumberHandling.Strict;
            foreach (var property in info.Properties) Fix(property);
        }

        return info;
    }

    private static void Fix(JsonPropertyInfo property)
    {
        if (property.AttributeProvider is not MemberInfo member) return;
        if (!member.IsDefined(typeof(JsonPropertyNameAttribute))) property.Name = JsonNamingPolicy.SnakeCaseLower.ConvertName(member.Name);
        if (!member.IsDefined(typeof(JsonIgnoreAttribute))) property.ShouldSerialize = static (_, _) => true;
        property.CustomConverter ??= UtcTimeJson.For(property.PropertyType);
    }
}
