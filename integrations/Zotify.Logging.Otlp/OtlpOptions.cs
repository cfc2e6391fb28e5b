using System.ComponentModel.DataAnnotations;
using Zotify.Logging.Configuration;

namespace Zotify.Logging;

/// <summary>The options of the OTLP target, bound from <c>Logging:Zotify:Otlp</c>. They take effect at the next start.</summary>
public sealed class OtlpOptions : IValidatableObject
{
    /// <summary>
    /// The address of the collector, <c>http://collector:4318</c>; the path <c>/v1/logs</c> is added unless it ends with it.
    /// </summary>
    [Required]
    public Uri? Endpoint { get; set; }

    /// <summary>Headers of each request, such as a key.</summary>
    public IDictionary<string, string> Headers { get; set; } = new Dictionary<string, string>();

    /// <summary>How long a request may take: one second to ten minutes, ten seconds by default.</summary>
    [TimeSpanRange("00:00:01", "00:10:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The most records of one request, 1 to 10,000. After a crash, up to as many are sent again.</summary>
    [Range(1, 10_000)]
    public int MaxBatch { get; set; } = 512;

    /// <summary>The resource's <c>service.name</c>; by default the name of the application.</summary>
    [StringLength(256, MinimumLength = 1)]
    public string? ServiceName { get; set; }

    /// <summary>The address of the logs.</summary>
    internal Uri LogsEndpoint
    {
        get
        {
            const string Path = "/v1/logs";
            var address = Endpoint!.AbsoluteUri.TrimEnd('/');
            return new Uri(address.EndsWith(Path, StringComparison.Ordinal) ? address : address + Path);
        }
    }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Endpoint is { } address && (!address.IsAbsoluteUri || address.Scheme is not ("http" or "https")))
        {
            yield return new ValidationResult(
                "The collector's address begins with http:// or https://, for example http://collector:4318.", [nameof(Endpoint)]);
        }

        foreach (var name in Headers.Keys.Where(name => !IsToken(name)))
            yield return new ValidationResult($"'{name}' is not the name of a header.", [nameof(Headers)]);
        foreach (var (name, _) in Headers.Where(header => header.Value is null || header.Value.AsSpan().ContainsAny('\r', '\n')))
            yield return new ValidationResult($"The value of the header '{name}' is missing or has line breaks.", [nameof(Headers)]);
    }

    private static bool IsToken(string name) =>
        name.Length > 0
        && name.All(letter => char.IsAsciiLetterOrDigit(letter) || "!#$%&'*+-.^_`|~".Contains(letter, StringComparison.Ordinal));
}
