using System.Buffers;

namespace Zotify.Logging.Formats;

/// <summary>Writes records as lines of the system log.</summary>
internal interface ISystemLineFormat
{
    /// <summary>Appends the lines of <paramref name="record"/>, in UTF-8, each with its end.</summary>
    void Write(LogRecord record, IBufferWriter<byte> output);
}
