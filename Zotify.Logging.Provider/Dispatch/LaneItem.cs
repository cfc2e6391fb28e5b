using Zotify.Logging.Provider.Capture;

namespace Zotify.Logging.Provider.Dispatch;

/// <summary>What passes through a lane's channel: a record, or a flush that everything before it must reach.</summary>
internal readonly record struct LaneItem(LogRecord? Record, FlushRequest? Flush);
