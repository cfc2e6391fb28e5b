namespace Zotify.Logging.Provider.Journal;

/// <summary>Appends to a journal, numbers and chains its lines, and flushes them to the disk in groups.</summary>
internal sealed class JournalWriter : IJournal, IDisposable
{
    /// <summary>Opens the journal and recovers it: a torn last line is set aside, the numbers and the chain go on.</summary>
    public static JournalWriter Open(JournalOptions options, TimeProvider time) => throw new NotImplementedException();

    public Guid Id => throw new NotImplementedException();

    public string FileName => throw new NotImplementedException();

    /// <summary>The number of the last line appended.</summary>
    public long LastSeq => throw new NotImplementedException();

    public long DurableSeq => throw new NotImplementedException();

    /// <summary>
    /// Appends the records in order, all or none, and returns the number of the last. They have reached the file, and
    /// reach the disk within the flush interval. Called by one thread at a time.
    /// </summary>
    /// <exception cref="IOException">None of the records was written.</exception>
    public long Append<T>(IReadOnlyList<T> records, IJournalFormat<T> format) => throw new NotImplementedException();

    /// <summary>Returns when everything appended before is on the disk; it does not wait for the flush interval.</summary>
    /// <exception cref="IOException">The disk refused it.</exception>
    public Task FlushAsync(CancellationToken cancellationToken) => throw new NotImplementedException();

    public Task WaitDurableAsync(long seq, CancellationToken cancellationToken) => throw new NotImplementedException();

    public IReadOnlyList<JournalLine> Read(JournalCursor cursor, int max) => throw new NotImplementedException();

    public void Renew() => throw new NotImplementedException();

    /// <summary>Flushes, and closes the file.</summary>
    public void Dispose() => throw new NotImplementedException();
}
