namespace Zotify.Logging.Retention;

/// <summary>Deletes what a journaled handler need not keep any longer. Used by one thread at a time.</summary>
internal interface IPruner
{
    /// <summary>How long after a run the next one is due.</summary>
    TimeSpan Interval { get; }

    /// <summary>
    /// Deletes what is beyond the options in force. It may be repeated: after a failure the next run continues where the last one
    /// stopped.
    /// </summary>
    /// <exception cref="Exception">Something could not be deleted now.</exception>
    Task RunAsync(CancellationToken cancellationToken);
}
