namespace Zotify.Logging.Tests.Journal.Verification;

/// <summary>The result of a chain reader.</summary>
internal sealed record Verdict(
    long? FirstBad, string? Reason, long Checked, long? First, long? Last, bool IsAnchored, long? SignedFrom, long VoidLines,
    long UnfinishedBytes);
