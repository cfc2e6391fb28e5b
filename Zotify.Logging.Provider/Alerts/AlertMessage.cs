using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Zotify.Logging.Alerts;

/// <summary>Writes the bodies of messages: <c>type</c>, <c>timestamp</c> and <c>data</c>, as Standard Webhooks recommend.</summary>
internal static class AlertMessage
{
    /// <summary>A message is a hint where to look, and no copy of the log.</summary>
    private const int MostText = 1_000;

    private const int IdLength = 32;

    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The message of a rule that an event fired.</summary>
    public static PendingAlert OfEvent(
        AlertRule rule, AlertEvent happened, DateTimeOffset first, string instance, DateTimeOffset now) => Make(
        rule.Name, rule.Type, Text(rule), instance, now, json =>
        {
            WriteRule(json, rule);
            json.WriteNumber("count"u8, rule.Count);
            WriteTime(json, "first_at", first);
            json.WriteStartObject("event"u8);
            if (happened.Audit is { } row) WriteAudit(json, row);
            if (happened.Job is { } job) WriteJob(json, job, happened.Seq);
            json.WriteEndObject();
        });

    /// <summary>The message of a rule that no event matched for long.</summary>
    public static PendingAlert OfAbsence(AlertRule rule, DateTimeOffset since, string instance, DateTimeOffset now) => Make(
        rule.Name, rule.Type, $"For {rule.Absent} nothing matched {NameOf(rule)}", instance, now, json =>
        {
            WriteRule(json, rule);
            WriteTime(json, "absent_since", since);
        });

    /// <summary>The message of a condition.</summary>
    public static PendingAlert OfCondition(AlertCondition seen, string instance, DateTimeOffset now)
    {
        var message = Make(
            seen.Name, $"alert.{seen.Name}", seen.Message, instance, now, json =>
            {
                foreach (var (key, fact) in seen.Facts) json.WriteString(key, Short(fact));
            });
        if (!seen.IsShared) return message;
        var key = SHA256.HashData(Encoding.UTF8.GetBytes($"{seen.Name}\n{seen.Subject}\n{seen.Fault}"));
        return message with { Id = $"msg_{Convert.ToHexStringLower(key)[..IdLength]}" };
    }

    private static PendingAlert Make(
        string alert, string type, string message, string instance, DateTimeOffset now, Action<Utf8JsonWriter> writeFacts)
    {
        using var body = new MemoryStream();
        using (var json = new Utf8JsonWriter(body, WriterOptions))
        {
            json.WriteStartObject();
            json.WriteString("type"u8, type);
            WriteTime(json, "timestamp", now);
            json.WriteStartObject("data"u8);
            json.WriteString("alert"u8, alert);
            json.WriteString("instance"u8, instance);
            json.WriteString("message"u8, Short(message));
            writeFacts(json);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        // The id has no dot, which separates the parts that are signed.
        return new PendingAlert($"msg_{Guid.CreateVersion7(now):N}", alert, now, Encoding.UTF8.GetString(body.ToArray()));
    }

    private static string Text(AlertRule rule) => rule.Count == 1
        ? $"An event matched {NameOf(rule)}"
        : string.Create(CultureInfo.InvariantCulture, $"{rule.Count} events within {rule.Within} matched {NameOf(rule)}");

    private static string NameOf(AlertRule rule) =>
        $"the filter of the alert '{rule.Name}' in {(rule.Audit is not null ? "the audit log" : "the jobs")}";

    private static void WriteRule(Utf8JsonWriter json, AlertRule rule)
    {
        json.WriteString("log"u8, rule.Handler);
        json.WriteString("filter"u8, Short(rule.Filter));
    }

    private static void WriteAudit(Utf8JsonWriter json, AuditEventRow row)
    {
        json.WriteNumber("seq"u8, row.Seq);
        json.WriteString("id"u8, row.Id);
        WriteTime(json, "timestamp", new DateTimeOffset(row.Timestamp, TimeSpan.Zero));
        json.WriteString("event_type"u8, row.EventType);
        WriteText(json, "user_id", row.UserId);
        WriteText(json, "source_ip", row.SourceIp);
        WriteText(json, "message", row.Message);
        WriteText(json, "trace_id", row.TraceId);
    }

    private static void WriteJob(Utf8JsonWriter json, JobRow job, long seq)
    {
        json.WriteNumber("seq"u8, seq);
        WriteTime(json, "timestamp", new DateTimeOffset(job.LastAt, TimeSpan.Zero));
        json.WriteString("job_id"u8, job.JobId);
        WriteText(json, "job_type", job.JobType);
        json.WriteString("status"u8, job.Status);
        WriteText(json, "message", job.LastMessage);
    }

    private static void WriteText(Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null) json.WriteString(name, Short(text));
    }

    private static void WriteTime(Utf8JsonWriter json, string name, DateTimeOffset time) =>
        json.WriteString(name, time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));

    private static string Short(string text) => text.Length <= MostText ? text : $"{text[..MostText]}…";
}
