using System.Buffers;
using Zotify.Logging.Formats;

namespace Zotify.Logging.Journal;

/// <summary>A record whose caller blocks until it is on the disk.</summary>
/// <param name="record">The record.</param>
/// <param name="format">How it becomes a line.</param>
internal sealed class WaitingLine<T>(T record, IJournalFormat<T> format) : WaitingLine
{
    /// <inheritdoc/>
    public override void Write(long seq, IBufferWriter<byte> output) => format.Write(record, seq, output);
}
