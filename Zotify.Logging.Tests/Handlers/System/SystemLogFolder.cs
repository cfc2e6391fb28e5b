using System.Globalization;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Diagnostics;
using Zotify.Logging.Dispatch;
using Zotify.Logging.Handlers;
using Zotify.Logging.Journal;
using Zotify.Logging.Queries;
using Zotify.Logging.Tests.Queries;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Handlers.System;

/// <summary>A test's own log directory, with everything for one system log; deleted at the end.</summary>
internal sealed class SystemLogFolder : IDisposable
{
    public static readonly DateTimeOffset Time = new(2026, 11, 23, 15, 6, 10, TimeSpan.Zero);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("zotify-system-");
    private readonly LogDirectory _directory;

    public SystemLogFolder() => _directory = new LogDirectory(_folder.FullName, "test", TimeProvider.System);

    public FileStreamHandlerOptions Options { get; } = new();

    public StringWriter Reported { get; } = new();

    /// <summary>How many records the pipeline counted as dropped, by reason.</summary>
    public Dictionary<DropReason, long> Dropped { get; } = [];

    public string Active => PathOf(Options.Path);

    /// <summary>The names of all log files, in the order of their names: rolled files first.</summary>
    public string[] Names =>
        [.. Directory.GetFiles(_folder.FullName, "*.log*").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    /// <summary>The lines of all files, oldest first, without the part of the line that is equal in all.</summary>
    public string[] Messages => [.. Names.SelectMany(name => File.ReadAllLines(PathOf(name))).Select(Message)];

    public static string Message(string line) => line[(line.IndexOf("] ", 35, StringComparison.Ordinal) + 2)..];

    public static LogRecord Record(string message, string? exception = null, LogLevel level = LogLevel.Information,
        string category = "Zotify.Tests", string? traceId = null, TimeSpan after = default, EventId eventId = default) => new()
        {
            Timestamp = Time + after,
            Level = level,
            Category = category,
            EventId = eventId,
            Message = message,
            Exception = exception,
            TraceId = traceId,
        };

    /// <summary>Records whose messages are the numbers. Each becomes a line of the same length.</summary>
    public static LogRecord[] Numbered(int first, int count) =>
        [.. Enumerable.Range(first, count).Select(i => Record(i.ToString("D6", CultureInfo.InvariantCulture)))];

    /// <summary>The messages of <see cref="Numbered"/>.</summary>
    public static string[] Expected(int first, int count) =>
        [.. Enumerable.Range(first, count).Select(i => i.ToString("D6", CultureInfo.InvariantCulture))];

    /// <summary>The size in bytes of the file that holds this many records of <see cref="Numbered"/>.</summary>
    public static long SizeOf(int numbered) => numbered * "2026-11-23T15:06:10.0000000Z [INF] - Zotify.Tests[0] 000001\n".Length;

    public string PathOf(string name) => _directory.FilePath(name);

    public SystemLogTail Tail(TimeProvider? time = null) => new(Active, time ?? TimeProvider.System, new FixedReadYourWrites())
    {
        Instance = () => "test",
    };

    public async Task<FileStreamHandler> StartAsync(FileAppend? append = null, TimeProvider? time = null)
    {
        var handler = new FileStreamHandler(_directory, time ?? TimeProvider.System, append ?? RandomAccess.Write) { Instance = "test" };
        handler.Attach(
            new LogHandlerContext(
                "System",
                () => Options,
                reason => Dropped.GetValueOrDefault(reason),
                _ => { },
                new SelfDiagnostics(TimeProvider.System, Reported)));
        await handler.StartAsync(CancellationToken.None);
        return handler;
    }

    /// <summary>Writes records with a handler that starts and ends for them.</summary>
    public async Task WriteAsync(params LogRecord[] records)
    {
        await using var handler = await StartAsync();
        await handler.WriteAsync(records, CancellationToken.None);
    }

    /// <summary>Appends exactly this text, as another program would.</summary>
    public void Append(string text) => File.AppendAllText(Active, text);

    public void AssertNames(params string[] expected) => CollectionAssert.AreEqual(expected, Names);

    public void AssertMessages(params string[] expected) => CollectionAssert.AreEqual(expected, Messages, string.Join(" ", Messages));

    public void Dispose()
    {
        _directory.Dispose();
        _folder.DeleteAll();
        Reported.Dispose();
    }
}
