using Zotify.Logging.Journal;

namespace Zotify.Logging.Shipping;

/// <summary>A system outside of this process that gets the lines of one journal. Used by one caller at a time.</summary>
internal interface IJournalTarget : IAsyncDisposable
{
    /// <summary>The most lines that it takes at once.</summary>
    int MaxBatch { get; }

    /// <summary>
    /// How far it has the lines for certain, where it stores that itself, together with what it makes of them. <see langword="null"/> where
    /// a file next to the journal has it.
    /// </summary>
    JournalCheckpoint? Checkpoint => null;

    /// <summary>Sends lines, in order. When it returns, the target has all of them, or refused some for good.</summary>
    /// <param name="lines">The lines, at least one.</param>
    /// <param name="journal">The journal's id.</param>
    /// <param name="cancellationToken">Ends it; the target may have the lines then.</param>
    /// <returns>What the target refused.</returns>
    /// <exception cref="TargetException">The target does not have them for certain.</exception>
    Task<ShippingResult> SendAsync(IReadOnlyList<JournalLine> lines, Guid journal, CancellationToken cancellationToken);
}
