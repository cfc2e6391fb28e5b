using System.Buffers;
using System.Text;
using Zotify.Logging.AspNetCore.Streams;
using Zotify.Logging.Handlers;
using Zotify.Logging.Queries;

namespace Zotify.Logging.AspNetCore.Sources;

/// <summary>
/// The items of a block in little memory: a line of text as UTF-8, another one as JSON, both without cursors. Reading them parses them
/// again. Items of other kinds are few, and kept as they are. Immutable.
/// </summary>
internal sealed class PackedLines
{
    private readonly byte[] _bytes;
    private readonly int[] _ends;
    private readonly LogItem<SystemLogEntry>?[]? _others;
    private readonly bool[]? _isJson;

    private PackedLines(byte[] bytes, int[] ends, LogItem<SystemLogEntry>?[]? others, bool[]? isJson) =>
        (_bytes, _ends, _others, _isJson) = (bytes, ends, others, isJson);

    /// <summary>Packs items.</summary>
    public static PackedLines Of(IReadOnlyList<LogItem<SystemLogEntry>> items)
    {
        var bytes = new ArrayBufferWriter<byte>(items.Count * 128);
        var ends = new int[items.Count];
        LogItem<SystemLogEntry>?[]? others = null;
        bool[]? isJson = null;
        for (var i = 0; i < ends.Length; i++)
        {
            if (items[i] is not SystemLogEntry entry) (others ??= new LogItem<SystemLogEntry>?[ends.Length])[i] = items[i];
            else if (IsItsText(entry)) Encoding.UTF8.GetBytes(entry.Text, bytes);
            else
            {
                StreamJson.Write(entry with { Cursor = "" }, bytes);
                (isJson ??= new bool[ends.Length])[i] = true;
            }

            ends[i] = bytes.WrittenCount;
        }

        return new PackedLines(bytes.WrittenSpan.ToArray(), ends, others, isJson);
    }

    /// <summary>An item as it was.</summary>
    /// <param name="index">Its number.</param>
    /// <param name="cursor">Its cursor.</param>
    public LogItem<SystemLogEntry> Read(int index, string cursor)
    {
        if (_others?[index] is { } other) return other;
        var bytes = _bytes.AsMemory((index == 0 ? 0 : _ends[index - 1]).._ends[index]);
        return _isJson?[index] is true
            ? RemoteItem.Parse("", cursor, new ReadOnlySequence<byte>(bytes))! with { Cursor = cursor }
            : SystemTextLineParser.Parse(Encoding.UTF8.GetString(bytes.Span), cursor);
    }

    /// <summary>Whether its text says all of it. That of another instance, of another version, may be written in another way.</summary>
    private static bool IsItsText(SystemLogEntry entry) =>
        entry.Format == SystemLogFormat.Text
        && SystemTextLineParser.Parse(entry.Text, entry.Cursor) with { Instance = entry.Instance } == entry;
}
