using System.Buffers;

namespace Zotify.Logging.Web.Endpoints.Streams;

/// <summary>Writes an item of one of the logs in a format.</summary>
internal delegate void WriteItem<in TItem>(TItem item, StreamFormat format, IBufferWriter<byte> output);
