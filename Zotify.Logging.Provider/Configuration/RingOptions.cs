using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Configuration;

namespace Zotify.Logging.Handlers;

/// <summary>
/// The ring of the system log, under <c>Logging:Zotify:Handlers:System:Ring</c>: keeps lines below the log's level in memory, separately
/// for each trace and job, and writes them when an error is logged in that trace or job.
/// </summary>
[DynamicallyAccessedMembers(OptionTypes.Kept)]
public sealed class RingOptions : IValidatableObject
{
    /// <summary>Whether lines are kept. Changes at run time; turning it off drops the kept lines.</summary>
    public bool Enabled { get; set; }

    /// <summary>The lowest level that is kept. Changes at run time.</summary>
    [EnumDataType(typeof(LogLevel))]
    public LogLevel MinimumLevel { get; set; } = LogLevel.Debug;

    /// <summary>
    /// The most bytes, by estimate, that are kept of one trace or job; its oldest lines are dropped first. Changes at run time.
    /// </summary>
    [Range(1024, long.MaxValue)]
    public long Bytes { get; set; } = 1024 * 1024;

    /// <summary>
    /// The most bytes, by estimate, that are kept of all traces and jobs together; the oldest trace or job is dropped first. Changes at run
    /// time.
    /// </summary>
    [Range(1024, long.MaxValue)]
    public long TotalBytes { get; set; } = 32 * 1024 * 1024;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (TotalBytes < Bytes)
        {
            yield return new ValidationResult(
                $"it must hold at least one trace or job, so use Bytes ({Bytes}) or more; raise it, or lower Bytes", [nameof(TotalBytes)]);
        }
    }
}
