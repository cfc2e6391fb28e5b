using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using Zotify.Logging.Configuration;

namespace Zotify.Logging.S3;

/// <summary>Validates the options together with those of the provider, so that one start shows every error.</summary>
/// <param name="options">Creates the options.</param>
internal sealed class S3OptionsValidator(IOptionsFactory<S3Options> options) : IValidateOptions<ZotifyLoggingOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, ZotifyLoggingOptions _)
    {
        var current = options.Create(Options.DefaultName);
        string[] errors = [.. Annotations.ErrorsOf(current, typeof(S3Options)).Select(error => Message(current, error))];
        return errors.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private static string Message(S3Options options, ValidationResult error)
    {
        var member = error.MemberNames.First();
        var key = ConfigurationKeys.Full($"{S3OptionsFromConfiguration.Section}:{member}");
        return member == nameof(S3Options.Bucket) && string.IsNullOrEmpty(options.Bucket)
            ? $"{key}: the bucket is missing; set it to the name of one that exists"
            : $"{key}: '{typeof(S3Options).GetProperty(member)?.GetValue(options)}': {error.ErrorMessage}";
    }
}
