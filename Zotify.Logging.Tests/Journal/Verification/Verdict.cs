namespace Zotify.Logging.Tests.Journal.Verification;

/// <summary>What a chain reader said at its end.</summary>
internal sealed record Verdict(
    long? FirstBad, string? Reason, long Checked, long? First, long? Last, bool IsAnchored, long? SignedFrom, long VoidLines,
    long UnfinishedBytes);
