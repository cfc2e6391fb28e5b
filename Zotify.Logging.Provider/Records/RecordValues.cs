using Microsoft.Extensions.Logging;

namespace Zotify.Logging.Records;

/// <summary>
/// The values of a <see cref="LogRecord"/> as a struct, so that a call needs no object on its way through the queues. Small, because each
/// call copies it.
/// </summary>
internal struct RecordValues
{
    public string Category;

    /// <summary>The message: its text, or a <see cref="DeferredMessage"/>.</summary>
    public object Text;
    public string? EventName;
    public RecordExtras Extras;

    /// <summary>The time in ticks of UTC.</summary>
    public long UtcTicks;
    public int EventNumber;
    public LogLevel Level;

    /// <summary>Whether the library made the record about itself. No log call can set it.</summary>
    public bool IsSelfEvent;

    /// <summary>An estimate of the record's memory in bytes.</summary>
    public int Size;

    /// <summary>The values of an empty record.</summary>
    public static RecordValues None { get; } = new() { Category = "", Text = "", Extras = RecordExtras.None };

    /// <summary>The rendered message.</summary>
    public string Message
    {
        readonly get => Text as string ?? ((DeferredMessage)Text).Text;
        set => Text = value;
    }

    /// <summary>The event. Its parts are stored instead, because they are smaller.</summary>
    public EventId Event
    {
        readonly get => new(EventNumber, EventName);
        set => (EventNumber, EventName) = (value.Id, value.Name);
    }
}
