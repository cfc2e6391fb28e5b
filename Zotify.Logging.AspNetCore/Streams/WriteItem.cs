using System.Buffers;
using Zotify.Logging.Queries;

namespace Zotify.Logging.AspNetCore.Streams;

/// <summary>Writes an item of a log in a format; never a gap or a heartbeat.</summary>
internal delegate void WriteItem<TEntry>(LogItem<TEntry> item, StreamFormat format, IBufferWriter<byte> output);
