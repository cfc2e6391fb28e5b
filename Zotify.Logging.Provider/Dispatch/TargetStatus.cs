namespace Zotify.Logging;

/// <summary>How far a target outside of this process has a handler's journal, at one moment. The counts start with the process.</summary>
public sealed record TargetStatus
{
    /// <summary>The target's name.</summary>
    public required string Name { get; init; }

    /// <summary>Records on the disk that the target does not have yet. Retention keeps them.</summary>
    public required long Behind { get; init; }

    /// <summary>Records that the target took. One that was sent again counts again.</summary>
    public required long Sent { get; init; }

    /// <summary>Records that the target refused for good. The journal has them.</summary>
    public required long Rejected { get; init; }

    /// <summary>Why it gets nothing now; <see langword="null"/> while it does.</summary>
    public string? Failure { get; init; }

    /// <summary>Whether <see cref="Failure"/> lasts until somebody acts, such as a wrong key.</summary>
    public bool FailureIsPermanent { get; init; }
}
