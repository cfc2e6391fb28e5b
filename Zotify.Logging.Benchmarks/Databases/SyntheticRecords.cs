using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Zotify.Logging.Benchmarks.Databases;

/// <summary>Synthetic records. A record's number determines all its values, so every run has the same records.</summary>
internal static class SyntheticRecords
{
    /// <summary>How many users there are.</summary>
    public const int Users = 1_000;

    /// <summary>How many entries a job has.</summary>
    public const int EntriesOfJob = 1_000;

    /// <summary>Changes with the records, so that databases with former ones are not taken for theirs.</summary>
    public const int Version = 2;

    private const int JobsAtOnce = 10;
    private const int Addresses = 600;

    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly string[] Types =
    [
        "user.login",
        "user.logout",
        "user.created",
        "config.changed",
        "playlist.shared",
        "key.made",
        "key.revoked",
        "report.read"
    ];

    /// <summary>The event types that audit events have.</summary>
    public static IReadOnlyList<string> EventTypes => Types;

    /// <summary>The time of a record.</summary>
    public static DateTimeOffset TimeOf(long seq) => Start.AddSeconds(seq);

    /// <summary>The type of an audit event.</summary>
    public static string TypeOf(long seq) => Types[Mix(seq * 7) % (uint)Types.Length];

    /// <summary>The message of an audit event.</summary>
    public static string MessageOf(long seq) => $"User {UserOf(seq)} acted on {WordOf(seq)} from the web";

    /// <summary>The user of an audit event.</summary>
    public static string UserOf(long seq) => string.Create(CultureInfo.InvariantCulture, $"u{Mix(seq) % Users}");

    /// <summary>A term that one audit event in several thousand has.</summary>
    public static string WordOf(long seq) => string.Create(CultureInfo.InvariantCulture, $"album{Mix(seq * 31) % 4_000:D4}");

    /// <summary>The trace of an audit event: one of its own, as the event of a request has it.</summary>
    public static string TraceOf(long seq) => string.Create(CultureInfo.InvariantCulture, $"{Random(seq, 1):x16}{Random(seq, 2):x16}");

    /// <summary>The job of an entry: several jobs run at the same time.</summary>
    public static string JobOf(long seq) =>
        string.Create(
            CultureInfo.InvariantCulture, $"job-{(((seq - 1) / (EntriesOfJob * JobsAtOnce)) * JobsAtOnce) + ((seq - 1) % JobsAtOnce)}");

    /// <summary>An audit event.</summary>
    public static LogRecord Audit(long seq) => new()
    {
        Timestamp = TimeOf(seq),
        Level = LogLevel.Information,
        Category = "Zotify.Accounts",
        EventId = new EventId(1001, TypeOf(seq)),
        Message = MessageOf(seq),
        Properties = [new("user_id", UserOf(seq)), new("source", "web"), new("album", WordOf(seq)), new("attempt", (int)(seq % 5))],
        Scope = [new("request_id", RequestOf(seq)), new("source_ip", AddressOf(seq))],
        TraceId = TraceOf(seq),
        SpanId = string.Create(CultureInfo.InvariantCulture, $"{Random(seq, 3):x16}"),
    };

    /// <summary>An entry of a job.</summary>
    public static LogRecord Job(long seq) => new()
    {
        Timestamp = TimeOf(seq),
        Level = LogLevel.Information,
        Category = "Zotify.Sync",
        EventId = new EventId(7, "TrackDownloaded"),
        Message = string.Create(CultureInfo.InvariantCulture, $"Track {seq % EntriesOfJob}/1000 of {WordOf(seq)} downloaded"),
        Properties = [new("done", (int)(seq % EntriesOfJob)), new("total", EntriesOfJob), new("album", WordOf(seq))],
        Scope = [new("job_id", JobOf(seq)), new("job_type", "sync")],
    };

    /// <summary>A request of a connection of its own, in the form that ASP.NET Core gives them.</summary>
    private static string RequestOf(long seq) => string.Create(22, Random(seq, 4), static (text, random) =>
    {
        "0HN".CopyTo(text);
        for (var i = 3; i < 13; i++, random >>= 5) text[i] = "0123456789ABCDEFGHIJKLMNOPQRSTUV"[(int)(random & 31)];
        ":00000001".CopyTo(text[13..]);
    });

    private static string AddressOf(long seq)
    {
        var number = Random(seq, 5) % Addresses;
        return string.Create(CultureInfo.InvariantCulture, $"203.0.{110 + (number / 200)}.{1 + (number % 200)}");
    }

    /// <summary>A random number of a record: always the same one.</summary>
    private static ulong Random(long seq, ulong stream)
    {
        // SplitMix64: every bit of the result depends on every bit of the number.
        var mixed = ((ulong)seq * 8) + stream;
        mixed = (mixed + 1) * 0x9E3779B97F4A7C15;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }

    /// <summary>Maps consecutive numbers to numbers that are far apart.</summary>
    private static uint Mix(long seq)
    {
        var mixed = (ulong)seq * 0x9E3779B97F4A7C15;
        return (uint)(mixed >> 32);
    }
}
