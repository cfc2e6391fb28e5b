using System.ComponentModel.DataAnnotations;
using Zotify.Logging.Configuration;

namespace Zotify.Logging.Handlers;

/// <summary>The options of <see cref="JsonAuditHandler"/>, under <c>Logging:Zotify:Handlers:Audit</c>.</summary>
public sealed class JsonAuditHandlerOptions : LogHandlerOptions, IValidatableObject
{
    /// <summary>Sets the defaults that differ from other handlers'.</summary>
    public JsonAuditHandlerOptions()
    {
        EventTypes = ["user.*", "config.*", "audit.*"];
        Overflow = OverflowMode.Wait;
    }

    /// <summary>The active file, below the log directory. Takes effect at the next start.</summary>
    [RestartOnly]
    [LogFileName(Kind = LogFileKind.Journal)]
    public string Path { get; set; } = "audit.log.json";

    /// <summary>
    /// When a call that logs an audit event returns: once it is queued, or once it is on the disk. Changes at run time.
    /// </summary>
    [EnumDataType(typeof(Acknowledgement))]
    public Acknowledgement Acknowledge { get; set; } = Acknowledgement.Queued;

    /// <summary>The longest time that a record waits for its fsync. Changes at run time.</summary>
    [TimeSpanRange("00:00:00", "00:01:00")]
    public TimeSpan FlushInterval { get; set; } = TimeSpan.FromMilliseconds(10);

    /// <summary>The keys of the hash chain; the last one signs. Without keys the chain is plain SHA-256. Changes at run time.</summary>
    public IList<HashKeyOptions> HashKeys { get; set; } = [];

    /// <summary>The size in bytes at which the file is rolled. Changes at run time.</summary>
    [Range(1024, long.MaxValue)]
    public long MaxFileSize { get; set; } = 64 * 1024 * 1024;

    /// <summary>
    /// How long events are kept, in files and tables; <see langword="null"/> means for ever. A file is deleted as a whole, once its last
    /// event is older; no file spans more than a tenth of this time. Changes at run time.
    /// </summary>
    [TimeSpanRange("00:00:01", "36500.00:00:00")]
    public TimeSpan? RetainedAge { get; set; }

    /// <summary>
    /// How many bytes of files are kept, with their rows; <see langword="null"/> means all. At least <see cref="MaxFileSize"/>, because the
    /// active file always stays. Changes at run time.
    /// </summary>
    public long? RetainedSize { get; set; }

    /// <summary>Always false: a quiet <c>Logging:LogLevel:Default</c> must not cut audit events by accident.</summary>
    public override bool ObeysGlobalLogLevel => false;

    internal override bool WritesInCall => Acknowledge == Acknowledgement.Durable;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (RetainedSize < MaxFileSize)
        {
            yield return new ValidationResult(
                $"whole segments are kept, so it must be at least MaxFileSize ({MaxFileSize}); raise it, or lower MaxFileSize",
                [nameof(RetainedSize)]);
        }

        if (EventTypes.Count == 0)
        {
            yield return new ValidationResult(
                "an empty list would make every record an audit event; leave it out for user.*, config.* and audit.*, "
                + "or write [ \"*\" ] to take all",
                [nameof(EventTypes)]);
        }

        const string needsBoth = "a key of the chain needs both an Id and a Key";
        for (var i = 0; i < HashKeys.Count; i++)
        {
            var key = $"{nameof(HashKeys)}:{i}";
            if (string.IsNullOrEmpty(HashKeys[i].Id)) yield return new ValidationResult(needsBoth, [$"{key}:{nameof(HashKeyOptions.Id)}"]);
            if (string.IsNullOrEmpty(HashKeys[i].Key))
                yield return new ValidationResult(needsBoth, [$"{key}:{nameof(HashKeyOptions.Key)}"]);
        }
    }
}
