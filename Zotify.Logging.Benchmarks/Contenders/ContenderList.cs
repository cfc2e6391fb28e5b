using Zotify.Logging.Benchmarks.Floors;

namespace Zotify.Logging.Benchmarks.Contenders;

/// <summary>All contenders, by what they write.</summary>
internal static class ContenderList
{
    /// <summary>Contenders that write lines of text.</summary>
    public static IReadOnlyList<Contender> Text { get; } =
    [
        new ZotifySystemLog(), new ZLoggerFile(), new ZLoggerDeferred(), new SerilogFile(), new NLogFile(), new MicrosoftConsole(),
        new OpenTelemetryFile(),
    ];

    /// <summary>Contenders that write lines of JSON, and this project, which also writes the line of text.</summary>
    public static IReadOnlyList<Contender> Json { get; } =
    [
        new ZotifyAllHandlers(),
        new ZLoggerJson(),
        new SerilogJson(),
        new NLogJson(),
        new MicrosoftConsoleJson()
    ];

    /// <summary>The floors: no provider can be faster.</summary>
    public static IReadOnlyList<Contender> Floors { get; } = [new NullLogging(), new FormattingLogging(), new ChannelLogging()];

    /// <summary>The contender with a name.</summary>
    public static Contender Find(string name) =>
        Text.Concat(Json).Concat(Floors).Append(new ZLoggerBlocking()).Append(new ZotifyRing()).Single(contender => contender.Name == name);
}
