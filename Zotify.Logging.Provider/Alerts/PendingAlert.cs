namespace Zotify.Logging.Alerts;

/// <summary>A message that the receiver has not accepted yet.</summary>
/// <param name="Id">Its id, the same for every attempt.</param>
/// <param name="Alert">The alert that fired.</param>
/// <param name="CreatedAt">When it fired.</param>
/// <param name="Body">The body, the same for every attempt.</param>
internal sealed record PendingAlert(string Id, string Alert, DateTimeOffset CreatedAt, string Body)
{
    /// <summary>How many attempts failed.</summary>
    public int Attempts { get; set; }

    /// <summary>Not before this time.</summary>
    public DateTimeOffset NextAt { get; set; } = CreatedAt;

    /// <summary>
    /// Whether it is stored, or need not be: it must not be sent before, because a crash would make another message of the same event.
    /// </summary>
    public bool IsReady { get; set; }
}
