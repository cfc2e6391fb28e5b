using System.Buffers;
using System.Runtime.CompilerServices;
using Microsoft.Net.Http.Headers;
using Zotify.Logging.Queries;

namespace Zotify.Logging.AspNetCore.Streams;

/// <summary>How a stream is written. Thread-safe.</summary>
internal abstract class StreamFormat
{
    /// <summary>For a terminal.</summary>
    public static readonly StreamFormat Text = new PlainText();

    private static readonly StreamFormat[] Formats = [Text, new NdJson(), new ServerSentEvents()];

    /// <summary>The blocks that many subscribers get, written in this format; kept for as long as the blocks are.</summary>
    private readonly ConditionalWeakTable<object, object> _written = [];

    /// <summary>The value of <c>Content-Type</c>.</summary>
    public abstract string ContentType { get; }

    /// <summary>The media type that a client asks for.</summary>
    protected abstract string Type { get; }

    /// <summary>The format that the client prefers; the first if it does not say; <see langword="null"/> if it accepts none.</summary>
    public static StreamFormat? For(HttpRequest request)
    {
        var accept = request.GetTypedHeaders().Accept;
        if (accept.Count == 0) return Formats[0];
        return accept.OrderByDescending(type => type, MediaTypeHeaderValueComparer.QualityComparer)
            .Where(type => type.Quality is not 0)
            .Select(type => Formats.FirstOrDefault(format =>
                (type.MatchesAllTypes || type.MatchesMediaType(format.Type)) && !IsRefused(format, accept)))
            .FirstOrDefault(format => format is not null);
    }

    /// <summary>Writes what comes before the first item.</summary>
    public virtual void WriteStart(IBufferWriter<byte> output)
    {
    }

    /// <summary>
    /// Writes a block. A block that many subscribers get is written once, and copied; of a block that has a part of such a one, that part.
    /// </summary>
    public void Write<TEntry>(LogBlock<TEntry> block, WriteItem<TEntry> write, IBufferWriter<byte> output)
    {
        if (block.IsShared)
        {
            output.Write(Written(block, write).All);
            return;
        }

        if (block.Whole is { IsShared: true } whole)
        {
            var written = Written(whole, write);
            foreach (var index in block.Picked) output.Write(written.Item(index));
            return;
        }

        if (block.Items.Count == 0 && block.End.Length > 0) WritePosition(block.End, output);
        foreach (var item in block.Items) Write(item, write, output);
    }

    /// <summary>Writes an entry.</summary>
    /// <param name="position">Where to go on after it.</param>
    /// <param name="text">The entry as text.</param>
    /// <param name="entry">The entry as an object.</param>
    /// <param name="output">Where to.</param>
    public abstract void WriteEntry<TEntry>(string position, string text, TEntry entry, IBufferWriter<byte> output);

    /// <summary>Writes a row of a table.</summary>
    /// <param name="position">Where to go on after it.</param>
    /// <param name="row">The row, which does not know its position.</param>
    /// <param name="text">The row as text.</param>
    /// <param name="output">Where to.</param>
    public abstract void WriteRow<TRow>(string position, TRow row, Func<string> text, IBufferWriter<byte> output);

    /// <summary>Writes that the log has ended; nothing in formats where the end of the answer says it.</summary>
    /// <param name="position">Behind this word.</param>
    /// <param name="summary">What there is to say of the whole log.</param>
    /// <param name="output">Where to.</param>
    public virtual void WriteEnd<TSummary>(string position, TSummary summary, IBufferWriter<byte> output)
    {
    }

    /// <summary>Writes that entries are missing.</summary>
    public abstract void WriteGap(StreamGap gap, IBufferWriter<byte> output);

    /// <summary>Writes that older entries were not searched.</summary>
    public abstract void WriteIncomplete(string position, StreamIncomplete incomplete, IBufferWriter<byte> output);

    /// <summary>Writes that a source is away or back.</summary>
    public abstract void WriteSource(string position, StreamSource source, IBufferWriter<byte> output);

    /// <summary>Writes where the stream begins, before any item; nothing in formats whose items alone have positions.</summary>
    public virtual void WritePosition(string position, IBufferWriter<byte> output)
    {
    }

    /// <summary>
    /// Writes that the stream goes on, and how far the log is read. Every format sends something: a proxy breaks off an answer that is
    /// silent for a minute.
    /// </summary>
    public abstract void WriteHeartbeat(string position, IBufferWriter<byte> output);

    private static bool IsRefused(StreamFormat format, IList<MediaTypeHeaderValue> accept) =>
        accept.Any(type => type.Quality is 0 && type.MediaType.Equals(format.Type, StringComparison.OrdinalIgnoreCase));

    private WrittenBlock<TEntry> Written<TEntry>(LogBlock<TEntry> block, WriteItem<TEntry> write)
    {
        if (_written.TryGetValue(block, out var known)) return (WrittenBlock<TEntry>)known;
        var written = new WrittenBlock<TEntry>(block, (item, output) => Write(item, write, output));
        return (WrittenBlock<TEntry>)_written.GetValue(block, _ => written);
    }

    private void Write<TEntry>(LogItem<TEntry> item, WriteItem<TEntry> write, IBufferWriter<byte> output)
    {
        switch (item)
        {
            case LogGap<TEntry> gap:
                WriteGap(new StreamGap(gap.From, gap.Cursor, gap.FromTime, gap.ToTime, gap.Instance), output);
                break;
            case LogIncomplete<TEntry> incomplete:
                WriteIncomplete(incomplete.Cursor, new StreamIncomplete(incomplete.Before), output);
                break;
            case LogHeartbeat<TEntry> heartbeat:
                WriteHeartbeat(heartbeat.Cursor, output);
                break;
            default:
                write(item, this, output);
                break;
        }
    }
}
