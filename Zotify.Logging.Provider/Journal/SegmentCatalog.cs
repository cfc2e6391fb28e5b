using Zotify.Logging.Common;

namespace Zotify.Logging.Journal;

/// <summary>
/// The journal's id and its segments, as readers see them. Nobody lists the segments while one is being renamed. Thread-safe.
/// </summary>
/// <param name="path">The absolute path of the active segment.</param>
/// <param name="id">The journal's id.</param>
/// <param name="time">The clock of the journal's id.</param>
/// <param name="active">The active segment.</param>
/// <param name="commit">Restores the active segment where somebody removed it. Knows which lines are on the disk.</param>
internal sealed class SegmentCatalog(string path, Guid id, TimeProvider time, ActiveSegment active, GroupCommit commit)
{
    private readonly Lock _gate = new();
    private Guid _id = id;

    /// <inheritdoc cref="IJournal.Id"/>
    public Guid Id
    {
        get
        {
            lock (_gate) return _id;
        }
    }

    /// <inheritdoc cref="IJournal.Read"/>
    public IReadOnlyList<JournalLine> Read(JournalCheckpoint checkpoint, int max)
    {
        lock (_gate)
        {
            try
            {
                return JournalReader.Read(path, checkpoint, commit.DurableSeq, max);
            }
            catch (JournalTruncatedException)
            {
                EnsureInPlace();
                throw;
            }
        }
    }

    /// <inheritdoc cref="IJournal.Holds"/>
    public bool Holds(JournalCheckpoint checkpoint)
    {
        lock (_gate)
        {
            if (checkpoint.Seq <= commit.DurableSeq && JournalReader.Holds(path, checkpoint)) return true;
            EnsureInPlace();
            return false;
        }
    }

    /// <inheritdoc cref="IJournal.Renew"/>
    public void Renew()
    {
        lock (_gate) _id = JournalIdFile.Renew(path, time);
    }

    /// <inheritdoc cref="IJournal.Adopt"/>
    public void Adopt(Guid adopted)
    {
        lock (_gate)
        {
            JournalIdFile.Write(path, adopted);
            _id = adopted;
        }
    }

    /// <summary>The segments that hold lines, the oldest first.</summary>
    /// <exception cref="IOException">One cannot be read.</exception>
    public IReadOnlyList<SegmentFacts> List()
    {
        lock (_gate)
        {
            var segments = Segment.All(path);
            return
            [
                .. segments.Select((segment, i) => SegmentFacts.Read(
                    segment,
                    i + 1 < segments.Count ? segments[i + 1].FirstSeq - 1 : commit.DurableSeq,
                    isActive: segment.Path == path)),
            ];
        }
    }

    /// <summary>Deletes rolled segments. When it returns, the deletion is on the disk. Segments that are already gone are
    /// ignored.</summary>
    /// <exception cref="IOException">Not all could be deleted.</exception>
    public void Delete(IReadOnlyList<SegmentFacts> segments)
    {
        if (segments.Count == 0) return;
        lock (_gate)
        {
            foreach (var segment in segments) File.Delete(segment.Path);
            DiskFlush.Names(Path.GetDirectoryName(path)!);
        }
    }

    /// <inheritdoc cref="ActiveSegment.Roll"/>
    public void Roll()
    {
        lock (_gate) active.Roll();
    }

    /// <inheritdoc cref="ActiveSegment.Replace"/>
    /// <param name="lines">The lines, without a gap after the durable ones.</param>
    /// <param name="report">Reports why, once it is done.</param>
    public void Replace(ReadOnlySpan<byte> lines, Action<string, Exception?> report)
    {
        lock (_gate)
        {
            var fault = active.Fault!;
            active.Replace(lines, commit.DurableSeq);
            // Somebody who deleted the segment may have deleted the id as well.
            if (JournalIdFile.Read(path) != _id) JournalIdFile.Write(path, _id);
            report($"the journal goes on in a new segment from line {commit.DurableSeq + 1} on", fault);
        }
    }

    /// <summary>
    /// Throws where the active segment is not at its path. Missing lines are gone for good only while it is. If somebody removed it, the
    /// next commit restores it; until then the journal must not look like another one.
    /// </summary>
    /// <exception cref="IOException">The path does not lead to the active segment.</exception>
    private void EnsureInPlace()
    {
        if (active.FindFault() is not { } fault) return;
        commit.Request();
        throw new IOException($"The journal waits for a new segment: {fault.Message}", fault);
    }
}
