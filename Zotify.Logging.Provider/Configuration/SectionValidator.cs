using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Options;

namespace Zotify.Logging.Configuration;

/// <summary>
/// Validates the options of an integration together with those of the provider, so that one start shows every error.
/// </summary>
/// <typeparam name="TOptions">The type of the options.</typeparam>
/// <param name="options">Creates the options.</param>
/// <param name="section">The key of the integration's own section in the provider's.</param>
/// <param name="explain">
/// The text of an error of a member, where there is a better one than the value and the annotation's text: a value may be missing, or a
/// secret.
/// </param>
internal sealed class SectionValidator<[DynamicallyAccessedMembers(OptionTypes.Kept)] TOptions>(
    IOptionsFactory<TOptions> options, string section, Func<TOptions, string, string?, string?> explain)
    : IValidateOptions<ZotifyLoggingOptions>
    where TOptions : class
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, ZotifyLoggingOptions _)
    {
        var current = options.Create(Options.DefaultName);
        var errors = Annotations.ErrorsOf(current, typeof(TOptions))
            .Select(error => Text(current, error.MemberNames.First(), error.ErrorMessage))
            .ToArray();
        return errors.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private string Text(TOptions current, string member, string? error)
    {
        var text = explain(current, member, error) ?? $"'{typeof(TOptions).GetProperty(member)?.GetValue(current)}': {error}";
        return $"{ConfigurationKeys.Full($"{section}:{member}")}: {text}";
    }
}
