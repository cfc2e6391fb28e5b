namespace Zotify.Logging.Benchmarks.Contenders;

/// <summary>What a contender is there for.</summary>
internal enum Role
{
    /// <summary>This project.</summary>
    Ours,

    /// <summary>Another provider, which makes the text of the message inside the call.</summary>
    RenderingPeer,

    /// <summary>Another provider, which keeps the values and makes the text later.</summary>
    DeferringPeer,

    /// <summary>Nothing but the least that the work takes.</summary>
    Floor,
}
