using System.Globalization;
using System.Text.Json;
using Zotify.Logging.Common;
using Zotify.Logging.Journal;

namespace Zotify.Logging.Alerts;

/// <summary>Stores an <see cref="AlertState"/> in a file of the log directory.</summary>
internal static class AlertStateFile
{
    /// <summary>Reads the state; <see langword="null"/> where there is none that can be read.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static AlertState? Read(string path)
    {
        OwnFile.EnsureFile(path);
        if (!File.Exists(path)) return null;
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            return Read(document.RootElement);
        }
        catch (Exception exception)
            when (exception is JsonException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            return null;
        }
    }

    /// <summary>
    /// Gives a file that cannot be read another name, so that a new state can be stored. Returns false where that is not possible.
    /// </summary>
    public static bool TrySetAside(string path)
    {
        try
        {
            File.Move(path, Path.Combine(Path.GetDirectoryName(path)!, LogDirectory.UnreadAlertsName), overwrite: true);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Stores the state. After a crash, the file holds the old one or the new one.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static void Write(string path, AlertState state)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes)) Write(json, state);
        OwnFile.Replace(path, bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
    }

    private static AlertState Read(JsonElement json)
    {
        var state = new AlertState
        {
            ReceiverFailures = json.GetProperty("receiver_failures"u8).GetInt32(),
            ReceiverNextAt = json.GetProperty("receiver_next_at"u8).GetDateTimeOffset(),
        };
        foreach (var journal in json.GetProperty("checkpoints"u8).EnumerateObject())
        {
            state.Checkpoints[journal.Name] = new JournalCheckpoint(
                journal.Value.GetProperty("seq"u8).GetInt64(),
                journal.Value.GetProperty("line_hash"u8).GetString()!,
                journal.Value.GetProperty("segment"u8).GetInt64(),
                journal.Value.GetProperty("offset"u8).GetInt64());
        }

        foreach (var rule in json.GetProperty("rules"u8).EnumerateObject()) state.Rules[rule.Name] = ReadRule(rule.Value);
        foreach (var condition in json.GetProperty("conditions"u8).EnumerateObject())
            state.Conditions[condition.Name] = condition.Value.GetString()!;
        foreach (var job in json.GetProperty("job_types"u8).EnumerateObject()) state.JobTypes[job.Name] = job.Value.GetString()!;
        // Earlier versions did not store them.
        if (json.TryGetProperty("running_jobs"u8, out var running))
            state.RunningJobs.AddRange(running.EnumerateArray().Select(job => job.GetString()!));
        state.Outbox.AddRange(json.GetProperty("outbox"u8).EnumerateArray().Select(ReadPending));
        return state;
    }

    private static AlertRuleState ReadRule(JsonElement json)
    {
        var rule = new AlertRuleState(
            json.GetProperty("fingerprint"u8).GetString()!,
            json.GetProperty("after"u8).GetInt64(),
            json.GetProperty("last_seen"u8).GetInt64()) { IsTold = json.GetProperty("told"u8).GetBoolean() };
        rule.Times.AddRange(json.GetProperty("times"u8).EnumerateArray().Select(time => time.GetInt64()));
        return rule;
    }

    private static PendingAlert ReadPending(JsonElement json) => new(
        json.GetProperty("id"u8).GetString()!,
        json.GetProperty("alert"u8).GetString()!,
        json.GetProperty("created_at"u8).GetDateTimeOffset(),
        json.GetProperty("body"u8).GetString()!)
    {
        Attempts = json.GetProperty("attempts"u8).GetInt32(),
        NextAt = json.GetProperty("next_at"u8).GetDateTimeOffset(),
        IsReady = true,
    };

    private static void Write(Utf8JsonWriter json, AlertState state)
    {
        json.WriteStartObject();
        json.WriteNumber("receiver_failures"u8, state.ReceiverFailures);
        WriteTime(json, "receiver_next_at", state.ReceiverNextAt);
        json.WriteStartObject("checkpoints"u8);
        foreach (var (handler, checkpoint) in state.Checkpoints)
        {
            json.WriteStartObject(handler);
            json.WriteNumber("seq"u8, checkpoint.Seq);
            json.WriteString("line_hash"u8, checkpoint.LineHash);
            json.WriteNumber("segment"u8, checkpoint.Segment);
            json.WriteNumber("offset"u8, checkpoint.Offset);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteStartObject("rules"u8);
        foreach (var (name, rule) in state.Rules) WriteRule(json, name, rule);
        json.WriteEndObject();
        WriteTexts(json, "conditions", state.Conditions);
        WriteTexts(json, "job_types", state.JobTypes);
        json.WriteStartArray("running_jobs"u8);
        foreach (var job in state.RunningJobs) json.WriteStringValue(job);
        json.WriteEndArray();
        json.WriteStartArray("outbox"u8);
        foreach (var pending in state.Outbox) WritePending(json, pending);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteRule(Utf8JsonWriter json, string name, AlertRuleState rule)
    {
        json.WriteStartObject(name);
        json.WriteString("fingerprint"u8, rule.Fingerprint);
        json.WriteNumber("after"u8, rule.After);
        json.WriteNumber("last_seen"u8, rule.LastSeen);
        json.WriteBoolean("told"u8, rule.IsTold);
        json.WriteStartArray("times"u8);
        foreach (var time in rule.Times) json.WriteNumberValue(time);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WritePending(Utf8JsonWriter json, PendingAlert pending)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, pending.Id);
        json.WriteString("alert"u8, pending.Alert);
        WriteTime(json, "created_at", pending.CreatedAt);
        json.WriteNumber("attempts"u8, pending.Attempts);
        WriteTime(json, "next_at", pending.NextAt);
        json.WriteString("body"u8, pending.Body);
        json.WriteEndObject();
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, IEnumerable<KeyValuePair<string, string>> texts)
    {
        json.WriteStartObject(name);
        foreach (var (key, text) in texts) json.WriteString(key, text);
        json.WriteEndObject();
    }

    private static void WriteTime(Utf8JsonWriter json, string name, DateTimeOffset time) =>
        json.WriteString(name, time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
}
