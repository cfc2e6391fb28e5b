using Zotify.Logging.Journal;
using Zotify.Logging.Shipping;

namespace Zotify.Logging.Alerts;

/// <summary>Evaluates the lines of a journal. It stores the checkpoint itself, together with what the lines fired.</summary>
/// <param name="journal">The journal.</param>
/// <param name="engine">The engine that both journals of a directory share.</param>
/// <param name="release">Called when the journal is closed.</param>
internal sealed class AlertTarget(ShippedJournal journal, AlertEngine engine, Func<ValueTask> release) : IJournalTarget
{
    /// <inheritdoc/>
    public int MaxBatch => 1_000;

    /// <inheritdoc/>
    public JournalCheckpoint? Checkpoint => engine.Book.PositionOf(journal.Handler).Stored;

    /// <inheritdoc/>
    public Task<ShippingResult> SendAsync(IReadOnlyList<JournalLine> lines, Guid id, CancellationToken cancellationToken)
    {
        if (engine.Book.Counts.Pending >= AlertBook.MostPending)
            throw new TargetException("too many messages wait for the receiver; lines wait in their journal", TargetFault.Temporary);
        engine.Book.Evaluate(journal.Handler, lines);
        return Task.FromResult<ShippingResult>(default);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => release();
}
