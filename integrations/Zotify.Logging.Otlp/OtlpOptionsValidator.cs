using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using Zotify.Logging.Configuration;

namespace Zotify.Logging.Otlp;

/// <summary>Validates the options together with those of the provider, so that one start shows every error.</summary>
/// <param name="options">Creates the options.</param>
internal sealed class OtlpOptionsValidator(IOptionsFactory<OtlpOptions> options) : IValidateOptions<ZotifyLoggingOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, ZotifyLoggingOptions _)
    {
        var current = options.Create(Options.DefaultName);
        string[] errors = [.. Annotations.ErrorsOf(current, typeof(OtlpOptions)).Select(error => Message(current, error))];
        return errors.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private static string Message(OtlpOptions options, ValidationResult error)
    {
        var member = error.MemberNames.First();
        var key = ConfigurationKeys.Full($"{OtlpOptionsFromConfiguration.Section}:{member}");
        return member switch
        {
            nameof(OtlpOptions.Endpoint) when options.Endpoint is null =>
                $"{key}: the collector's address is missing; set it, for example to http://collector:4318",
            // Their values are secrets.
            nameof(OtlpOptions.Headers) => $"{key}: {error.ErrorMessage}",
            _ => $"{key}: '{typeof(OtlpOptions).GetProperty(member)?.GetValue(options)}': {error.ErrorMessage}",
        };
    }
}
