namespace Zotify.Logging.Journal;

/// <summary>Opens files under the name of the active segment. Keeps no state; used by one thread at a time.</summary>
/// <param name="folder">The names.</param>
/// <param name="open">Opens a file for writing.</param>
internal sealed class SegmentOpening(SegmentFolder folder, Func<string, IJournalFile> open)
{
    /// <summary>Opens the active segment, or creates it.</summary>
    /// <param name="prepare">Runs before the segment's name is flushed to the disk.</param>
    /// <param name="isNew">Whether it must be a new file. One that cannot be prepared is deleted then.</param>
    /// <exception cref="IOException">It cannot be opened, or does not have its name any more.</exception>
    public IJournalFile Open(Action<IJournalFile> prepare, bool isNew)
    {
        if (isNew) SegmentFolder.MoveAside(folder.Active);
        var file = open(folder.Active);
        try
        {
            prepare(file);
            folder.FlushNames();
            // Before anything that is written to it is acknowledged.
            return file.IsAt(folder.Active)
                ? file
                : throw new IOException($"'{folder.Active}' was deleted, moved or replaced while it was opened");
        }
        catch
        {
            if (isNew) Discard(file);
            else file.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Closes and deletes a new segment that is not used after all. Otherwise the next attempt would mistake it for another program's file.
    /// </summary>
    public void Discard(IJournalFile file)
    {
        using (file)
        {
            try
            {
                if (file.IsAt(folder.Active)) File.Delete(folder.Active);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // The caller throws the first failure.
            }
        }
    }
}
