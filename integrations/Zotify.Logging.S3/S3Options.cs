using System.ComponentModel.DataAnnotations;
using Zotify.Logging.Configuration;

namespace Zotify.Logging;

/// <summary>
/// The options of the archive in S3, bound from <c>Logging:Zotify:S3</c>. They take effect at the next start. Credentials are those that
/// AWS's SDK finds: the environment (<c>AWS_ACCESS_KEY_ID</c>, <c>AWS_SECRET_ACCESS_KEY</c>), a profile, or the machine's role.
/// </summary>
public sealed class S3Options : IValidatableObject
{
    private const int MaxPrefix = 512;

    /// <summary>The bucket. It must exist.</summary>
    [Required]
    public string? Bucket { get; set; }

    /// <summary>
    /// What the names of all objects begin with, such as <c>logs/shop</c>; a slash is added. Empty by default. At most 512 characters.
    /// </summary>
    public string Prefix { get; set; } = "";

    /// <summary>The region, such as <c>eu-central-1</c>; by default the one that AWS's SDK finds.</summary>
    [StringLength(64, MinimumLength = 1)]
    public string? Region { get; set; }

    /// <summary>The address of a storage that is not Amazon's, such as <c>http://minio:9000</c>.</summary>
    public Uri? ServiceUrl { get; set; }

    /// <summary>
    /// Whether the bucket is a part of the path and not of the host's name. By default only where <see cref="ServiceUrl"/> is set.
    /// </summary>
    public bool? ForcePathStyle { get; set; }

    /// <summary>How long a request may take: one second to an hour, five minutes by default.</summary>
    [TimeSpanRange("00:00:01", "01:00:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (ServiceUrl is { } address && (!address.IsAbsoluteUri || address.Scheme is not ("http" or "https")))
        {
            yield return new ValidationResult(
                "The storage's address begins with http:// or https://, for example http://minio:9000.", [nameof(ServiceUrl)]);
        }

        if (Prefix is null || Prefix.Length > MaxPrefix || Prefix.StartsWith('/') || Prefix.Any(char.IsControl))
        {
            yield return new ValidationResult(
                "A prefix has at most 512 characters, no control characters, and no '/' at its beginning; leave it empty for none.",
                [nameof(Prefix)]);
        }
    }
}
