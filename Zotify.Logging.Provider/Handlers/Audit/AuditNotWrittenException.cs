namespace Zotify.Logging.Handlers;

/// <summary>
/// An audit event was not written. The log call throws it, so that its caller can refuse the action, inside Microsoft.Extensions.Logging's
/// <see cref="AggregateException"/>; other providers still get the record. With <see cref="Acknowledgement.Durable"/>, the event may still
/// appear in the log: perhaps only its fsync failed.
/// </summary>
public sealed class AuditNotWrittenException : Exception
{
    /// <summary>Creates the exception. Its message has the event type, the file and the reason.</summary>
    /// <param name="eventType">The event's type.</param>
    /// <param name="file">The absolute path of the audit log.</param>
    /// <param name="reason">Why it was not written.</param>
    /// <param name="innerException">The failure behind it, if there is one.</param>
    public AuditNotWrittenException(string eventType, string file, string reason, Exception? innerException = null)
        : base($"The audit event '{eventType}' was not written to '{file}': {reason}.", innerException)
    {
        EventType = eventType;
        File = file;
        Reason = reason;
    }

    /// <summary>The event's type: its name, else its number.</summary>
    public string EventType { get; }

    /// <summary>The absolute path of the audit log.</summary>
    public string File { get; }

    /// <summary>Why it was not written.</summary>
    public string Reason { get; }
}
