namespace Zotify.Logging.Tests.Faults;

/// <summary>The operations of a journal on a file at which a fault can strike.</summary>
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
