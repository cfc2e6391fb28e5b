using System.Globalization;
using System.Text.Json;
using Zotify.Logging.Common;
using Zotify.Logging.Journal;

namespace Zotify.Logging.Queries;

/// <summary>Stores the last proof in a small file next to the journal: <c>audit.log.json.proof</c>.</summary>
internal static class AuditProofFile
{
    /// <summary>Reads the proof; <see langword="null"/> where there is none that can be read. The next one begins anew then.</summary>
    public static AuditProof? Read(string path)
    {
        try
        {
            OwnFile.EnsureFile(path);
            if (!File.Exists(path)) return null;
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            return Read(document.RootElement);
        }
        catch (Exception exception)
            when (exception is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException
                or FormatException or KeyNotFoundException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Stores the proof.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static void Write(string path, AuditProof proof)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes)) Write(json, proof);
        OwnFile.Replace(path, bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
    }

    private static AuditProof Read(JsonElement json)
    {
        ChainPosition? start = null;
        if (json.TryGetProperty("base"u8, out var position) && HashChain.Parse(position.GetProperty("hash"u8).GetString()) is { } hash)
            start = new ChainPosition(position.GetProperty("seq"u8).GetInt64(), hash, position.GetProperty("signed"u8).GetBoolean());
        return new AuditProof(
            json.GetProperty("at"u8).GetDateTimeOffset(),
            Enum.Parse<AuditVerificationStatus>(json.GetProperty("status"u8).GetString()!),
            Enum.Parse<AuditFilesStatus>(json.GetProperty("files"u8).GetString()!),
            Enum.Parse<AuditRowsStatus>(json.GetProperty("rows"u8).GetString()!))
        {
            FirstBadSeq = Number(json, "first_bad_seq"u8),
            FirstBadRow = Number(json, "first_bad_row"u8),
            Reason = json.TryGetProperty("reason"u8, out var reason) ? reason.GetString() : null,
            ThroughSeq = Number(json, "through_seq"u8),
            Base = start,
        };
    }

    private static long? Number(JsonElement json, ReadOnlySpan<byte> name) =>
        json.TryGetProperty(name, out var value) ? value.GetInt64() : null;

    private static void Write(Utf8JsonWriter json, AuditProof proof)
    {
        json.WriteStartObject();
        json.WriteString("at"u8, proof.At.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
        json.WriteString("status"u8, proof.Status.ToString());
        json.WriteString("files"u8, proof.Files.ToString());
        json.WriteString("rows"u8, proof.Rows.ToString());
        if (proof.FirstBadSeq is { } seq) json.WriteNumber("first_bad_seq"u8, seq);
        if (proof.FirstBadRow is { } row) json.WriteNumber("first_bad_row"u8, row);
        if (proof.Reason is { } reason) json.WriteString("reason"u8, reason);
        if (proof.ThroughSeq is { } through) json.WriteNumber("through_seq"u8, through);
        if (proof.Base is { } start)
        {
            json.WriteStartObject("base"u8);
            json.WriteNumber("seq"u8, start.Seq);
            json.WriteString("hash"u8, start.HashText);
            json.WriteBoolean("signed"u8, start.IsSigned);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
