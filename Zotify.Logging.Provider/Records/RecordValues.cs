using Microsoft.Extensions.Logging;

namespace Zotify.Logging.Records;

/// <summary>
/// What a <see cref="LogRecord"/> says, by value: on its way through the queues a call needs no object of its own, and who
/// holds a copy holds all of it. Small, because each call copies it.
/// </summary>
internal struct RecordValues
{
    public string Category;
    public string Message;
    public string? EventName;
    public RecordExtras Extras;

    /// <summary>The time in ticks of UTC.</summary>
    public long UtcTicks;
    public int EventNumber;
    public LogLevel Level;

    /// <summary>Whether the library made it about itself. No log call can set it.</summary>
    public bool IsSelfEvent;

    /// <summary>An estimate of the memory that it holds, in bytes.</summary>
    public int Size;

    /// <summary>Nothing was said.</summary>
    public static RecordValues None { get; } = new() { Category = "", Message = "", Extras = RecordExtras.None };

    /// <summary>The event, of which the parts are kept: they are smaller.</summary>
    public EventId Event
    {
        readonly get => new(EventNumber, EventName);
        set => (EventNumber, EventName) = (value.Id, value.Name);
    }
}
