namespace Zotify.Logging.Journal;

/// <summary>Where a journal is not as it was written.</summary>
/// <param name="Seq">The number of the first line that is missing, or not as it was written.</param>
/// <param name="Reason">What is wrong there.</param>
internal sealed record ChainFault(long Seq, string Reason);
