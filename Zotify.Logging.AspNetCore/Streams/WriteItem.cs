using System.Buffers;

namespace Zotify.Logging.AspNetCore.Streams;

/// <summary>Writes an item of one of the logs in a format.</summary>
internal delegate void WriteItem<in TItem>(TItem item, StreamFormat format, IBufferWriter<byte> output);
