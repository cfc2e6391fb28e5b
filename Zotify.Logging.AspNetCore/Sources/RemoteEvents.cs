using System.Buffers;
using System.Text;
using Zotify.Logging.Queries;

namespace Zotify.Logging.AspNetCore.Sources;

/// <summary>
/// Takes a stream of server-sent events of another instance apart (HTML standard, section 9.2), line by line. Its server writes the data of
/// an event on one line. Not thread-safe.
/// </summary>
internal sealed class RemoteEvents
{
    private readonly List<LogItem<SystemLogEntry>> _items = [];
    private string _type = "";
    private string? _id;
    private LogItem<SystemLogEntry>? _item;
    private bool _isHeartbeat;
    private bool _hasData;
    private int _size;

    /// <summary>The blocks that the last lines completed.</summary>
    private readonly List<LogBlock<SystemLogEntry>> _blocks = [];

    /// <summary>Takes a line without its end.</summary>
    /// <exception cref="System.Text.Json.JsonException">Its data is malformed.</exception>
    /// <exception cref="FormatException">Its position is longer than a cursor can hold.</exception>
    public void Take(ReadOnlySequence<byte> line)
    {
        if (line.IsEmpty) Complete();
        else if (TextAfter(line, "id: "u8) is { } id) _id = id.Length <= PositionCode.MaxCursor ? id : throw new FormatException();
        else if (TextAfter(line, "event: "u8) is { } type) _type = type;
        else if (StartsWith(line, "data: "u8)) TakeData(line.Slice("data: "u8.Length));
        else if (StartsWith(line, ": heartbeat"u8)) _isHeartbeat = true;
    }

    /// <summary>Returns what was completed since the last call.</summary>
    public IReadOnlyList<LogBlock<SystemLogEntry>> Drain()
    {
        Flush();
        LogBlock<SystemLogEntry>[] blocks = [.. _blocks];
        _blocks.Clear();
        return blocks;
    }

    private void TakeData(ReadOnlySequence<byte> data)
    {
        _hasData = true;
        _size += (int)data.Length;
        _item = RemoteItem.Parse(_type, _id ?? "", data);
    }

    private void Complete()
    {
        if (_item is not null) _items.Add(_item);
        else if (_isHeartbeat && _id is not null) _items.Add(new LogHeartbeat<SystemLogEntry>(_id));
        else if (_id is not null && !_hasData)
        {
            Flush();
            _blocks.Add(new LogBlock<SystemLogEntry>(_id, _id, [], 0));
        }

        (_type, _id, _item, _isHeartbeat, _hasData) = ("", null, null, false, false);
    }

    private void Flush()
    {
        if (_items.Count == 0) return;
        _blocks.Add(new LogBlock<SystemLogEntry>("", _items[^1].Cursor, [.. _items], _size));
        _items.Clear();
        _size = 0;
    }

    private static bool StartsWith(ReadOnlySequence<byte> line, ReadOnlySpan<byte> prefix)
    {
        if (line.Length < prefix.Length) return false;
        if (line.FirstSpan.Length >= prefix.Length) return line.FirstSpan.StartsWith(prefix);
        Span<byte> start = stackalloc byte[prefix.Length];
        line.Slice(0, prefix.Length).CopyTo(start);
        return start.SequenceEqual(prefix);
    }

    private static string? TextAfter(ReadOnlySequence<byte> line, ReadOnlySpan<byte> prefix) =>
        StartsWith(line, prefix) ? Encoding.UTF8.GetString(line.Slice(prefix.Length)) : null;
}
