namespace Zotify.Logging.Tests.Faults;

/// <summary>What a journal does with a file, where a fault can strike.</summary>
internal enum DiskStep
{
    Open,
    Length,
    Place,
    Write,
    Cut,
    Flush,
    Copy,
}
