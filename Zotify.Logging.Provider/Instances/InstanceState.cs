namespace Zotify.Logging.Instances;

/// <summary>What an instance does, as far as its row in <c>instances</c> shows. Pure functions of the row and the time.</summary>
internal static class InstanceState
{
    /// <summary>It was seen within the last 30 seconds.</summary>
    public const string Running = "running";

    /// <summary>It was not seen for 30 seconds, and has not said that it stops: it crashed, or does not reach the database.</summary>
    public const string Gone = "gone";

    /// <summary>It stopped in good order.</summary>
    public const string Stopped = "stopped";

    /// <summary>How often an instance writes its row.</summary>
    public static readonly TimeSpan BeatInterval = TimeSpan.FromSeconds(10);

    /// <summary>After how long without a sight an instance counts as gone: three beats.</summary>
    public static readonly TimeSpan GoneAfter = TimeSpan.FromSeconds(30);

    /// <summary>All states.</summary>
    public static IReadOnlyList<string> All { get; } = [Running, Gone, Stopped];

    /// <summary>The state of an instance that was seen last at a time, by the reader's clock, at another; both in UTC.</summary>
    public static string Of(InstanceRow row, DateTime seenAt, DateTime now) =>
        row.StoppedAt is not null ? Stopped : seenAt < UnseenBefore(now) ? Gone : Running;

    /// <summary>An instance that was seen last before this time counts as gone.</summary>
    public static DateTime UnseenBefore(DateTime now) => now - GoneAfter;
}
