namespace Zotify.Logging.Retention;

/// <summary>How a journaled handler lets go of what it need not keep. Used by one thread at a time.</summary>
internal interface IRetention
{
    /// <summary>How long after a run the next one is due.</summary>
    TimeSpan Interval { get; }

    /// <summary>Deletes what is beyond the options in force. May be repeated, and goes on where one that failed had come to.</summary>
    /// <exception cref="Exception">Something could not be deleted now.</exception>
    Task RunAsync(CancellationToken cancellationToken);
}
