using System.Text.Json;
using System.Text.Json.Serialization;

namespace Zotify.Logging.Queries;

/// <summary>A query as a text: equal queries have equal texts. The code is generated, without reflection.</summary>
[JsonSerializable(typeof(AuditQuery))]
internal sealed partial class AuditQueryJson : JsonSerializerContext
{
    /// <summary>The text.</summary>
    public static string Of(AuditQuery query) => JsonSerializer.Serialize(query, Default.AuditQuery);
}
