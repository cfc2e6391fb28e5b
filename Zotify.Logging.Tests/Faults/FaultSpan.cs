namespace Zotify.Logging.Tests.Faults;

/// <summary>Which of a thread's calls a fault affects, from a number on.</summary>
internal enum FaultSpan
{
    Once,
    Some,
    Often,
    Always,
}
