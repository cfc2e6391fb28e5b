namespace Zotify.Logging.Dispatch;

/// <summary>
/// The resources that the shared handlers of a log directory write with. Creating it opens nothing; the handlers open what they need. It is
/// disposed after the last of them has ended.
/// </summary>
internal interface ISharedStage : IDisposable
{
    /// <summary>The clock.</summary>
    TimeProvider Time { get; }
}
