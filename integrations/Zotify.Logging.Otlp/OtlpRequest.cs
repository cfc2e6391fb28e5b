using System.Reflection;
using System.Text.Json;
using Zotify.Logging.Journal;

namespace Zotify.Logging.Otlp;

/// <summary>Writes an ExportLogsServiceRequest in the JSON encoding of OTLP.</summary>
internal static class OtlpRequest
{
    private static readonly string Version =
        typeof(OtlpRequest).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>Writes the request.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="lines">The lines.</param>
    /// <param name="journal">The id of their journal.</param>
    /// <param name="service">The name of the service.</param>
    public static void Write(Stream output, IReadOnlyList<JournalLine> lines, Guid journal, string service)
    {
        using var json = new Utf8JsonWriter(output, new JsonWriterOptions { SkipValidation = true });
        json.WriteStartObject();
        json.WriteStartArray("resourceLogs"u8);
        json.WriteStartObject();
        json.WriteStartObject("resource"u8);
        json.WriteStartArray("attributes"u8);
        OtlpValue.WriteAttribute(json, "service.name", service);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteStartArray("scopeLogs"u8);
        json.WriteStartObject();
        json.WriteStartObject("scope"u8);
        json.WriteString("name"u8, "Zotify.Logging"u8);
        json.WriteString("version"u8, Version);
        json.WriteEndObject();
        json.WriteStartArray("logRecords"u8);
        foreach (var line in lines) OtlpRecord.Write(json, line, journal);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
