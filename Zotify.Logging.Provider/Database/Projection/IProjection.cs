
namespace Zotify.Logging.Provider.Database.Projection;

/// <summary>What the lines of a kind of journal become in the database. Holds no state of its own: a transaction may be repeated.</summary>
internal interface IProjection
{
    /// <summary>Writes a batch of lines in the transaction of its connection. Lines that cannot be read are rejected, the others written.</summary>
    Task ApplyAsync(ProjectionBatch batch, CancellationToken cancellationToken);

    /// <summary>
    /// Settles what an earlier run of this instance left open. Called once after a start, in a transaction, when everything
    /// up to <paramref name="lastSeq"/>, the last line of the earlier runs, is projected.
    /// </summary>
    Task SettleEarlierRunsAsync(LoggingConnection connection, long journalId, long lastSeq, CancellationToken cancellationToken);
}
