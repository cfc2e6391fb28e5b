namespace Zotify.Logging.Retention;

/// <summary>Deletes what a journaled handler no longer needs to keep. Used by one thread at a time.</summary>
internal interface IPruner
{
    /// <summary>The time from the end of a run to the next.</summary>
    TimeSpan Interval { get; }

    /// <summary>
    /// Deletes what is beyond the options in force. It may be repeated: after a failure the next run continues where the last one stopped.
    /// </summary>
    /// <exception cref="Exception">Something cannot be deleted now.</exception>
    Task RunAsync(CancellationToken cancellationToken);
}
