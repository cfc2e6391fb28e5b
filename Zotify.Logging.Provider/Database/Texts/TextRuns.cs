namespace Zotify.Logging.Database;

/// <summary>What the index of the texts has at a moment, and what it does not have.</summary>
/// <param name="All">The runs.</param>
/// <param name="Rest">The rows that no run has.</param>
internal sealed record TextRuns(List<TextRun> All, List<TextCandidate> Rest);
