namespace Zotify.Logging.Benchmarks.Contenders;

/// <summary>A contender's role in the comparison.</summary>
internal enum Role
{
    /// <summary>This project.</summary>
    Ours,

    /// <summary>Another provider, which renders the message inside the call.</summary>
    RenderingPeer,

    /// <summary>Another provider, which captures the values and renders the message later.</summary>
    DeferringPeer,

    /// <summary>A floor: the least that the work costs.</summary>
    Floor,
}
