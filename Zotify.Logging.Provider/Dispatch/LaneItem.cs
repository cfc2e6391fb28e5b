using Zotify.Logging.Provider.Capture;

namespace Zotify.Logging.Provider.Dispatch;

/// <summary>What passes through a lane's channel: what a record says or, where there is one, a flush that everything before it must reach.</summary>
internal readonly struct LaneItem
{
    /// <summary>The flush; <see langword="null"/> for a record.</summary>
    public readonly FlushRequest? Flush;

    /// <summary>What the record says.</summary>
    public readonly RecordValues Record;

    public LaneItem(in RecordValues record) => Record = record;

    public LaneItem(FlushRequest flush) => Flush = flush;
}
