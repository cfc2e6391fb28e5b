using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Zotify.Logging.Provider.Queries.SystemLog;

namespace Zotify.Logging.Web.Endpoints.Streams;

/// <summary>Entries of streams as JSON on one line.</summary>
internal static class StreamJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    /// <summary>Writes an entry.</summary>
    public static void Write(SystemLogEntry entry, IBufferWriter<byte> output)
    {
        using var json = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = Options.Encoder });
        JsonSerializer.Serialize(json, entry, Options);
    }
}
