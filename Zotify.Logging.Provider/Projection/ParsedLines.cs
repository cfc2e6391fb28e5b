using Zotify.Logging.Journal;

namespace Zotify.Logging.Projection;

/// <summary>
/// Lines of a journal that a projection has parsed. Writing changes nothing in them, because a transaction may be repeated.
/// </summary>
/// <param name="Lines">The lines, in order.</param>
/// <param name="WriteAsync">Writes their rows in the transaction of a batch, and rejects the lines that could not be parsed.</param>
internal sealed record ParsedLines(IReadOnlyList<JournalLine> Lines, Func<ProjectionBatch, CancellationToken, Task> WriteAsync);
