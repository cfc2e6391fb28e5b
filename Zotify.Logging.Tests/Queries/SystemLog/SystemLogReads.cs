using Zotify.Logging.Queries;
using Zotify.Logging.Tests.Handlers.System;
using static Zotify.Logging.Tests.Handlers.System.SystemLogFolder;

namespace Zotify.Logging.Tests.Queries.SystemLog;

/// <summary>Queries of the system log, and the messages of what they return.</summary>
internal static class SystemLogReads
{
    public static readonly SystemLogQuery All = new() { Follow = false, Tail = 1_000_000 };

    public static string Range(int first, int count) => string.Join(' ', Numbered(first, count).Select(record => record.Message));

    public static string Messages(IEnumerable<LogItem<SystemLogEntry>> items) =>
        string.Join(' ', items.Select(item => ((SystemLogEntry)item).Message));

    public static async Task<string> MessagesAsync(SystemLogFolder folder, SystemLogQuery query) =>
        Messages(await ReadAsync(folder, query));

    public static Task<List<LogItem<SystemLogEntry>>> ReadAsync(SystemLogFolder folder, SystemLogQuery query) =>
        ReadAsync(folder.Tail(), query);

    public static async Task<List<LogItem<SystemLogEntry>>> ReadAsync(SystemLogTail tail, SystemLogQuery query)
    {
        await using var subscriber = new SystemLogSubscriber(tail, query);
        return await subscriber.RestAsync();
    }
}
