namespace Zotify.Logging.Tests.Faults;

/// <summary>How a disk fails.</summary>
internal enum DiskFault
{
    /// <summary>Once. A flush that fails may have dropped its bytes, and the next one would not report that.</summary>
    Fails,

    /// <summary>Once, a write after two thirds of its bytes.</summary>
    FailsInPart,

    /// <summary>Some times in a row.</summary>
    FailsForAWhile,

    /// <summary>Until the next run.</summary>
    FailsFromThenOn,

    /// <summary>Everything fails until the next run, which finds what was flushed, and perhaps a part of the rest.</summary>
    LosesPower,
}
