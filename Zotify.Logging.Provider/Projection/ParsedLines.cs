using Zotify.Logging.Journal;

namespace Zotify.Logging.Projection;

/// <summary>
/// Lines of a journal that a projection has parsed. Writing changes nothing in them, because a transaction may be repeated.
/// </summary>
/// <param name="Lines">The lines, in order.</param>
/// <param name="Rejected">Those that could not be parsed.</param>
/// <param name="WriteAsync">Writes the rows of the others in the transaction of a batch.</param>
internal sealed record ParsedLines(
    IReadOnlyList<JournalLine> Lines,
    IReadOnlyList<RejectedLine> Rejected,
    Func<ProjectionBatch, CancellationToken, Task> WriteAsync);
