namespace Zotify.Logging.Journal;

/// <summary>The first line where a journal differs from what was written.</summary>
/// <param name="Seq">The number of the first line that is missing, or not as it was written.</param>
/// <param name="Reason">What is wrong there.</param>
internal sealed record ChainFault(long Seq, string Reason);
