using Zotify.Logging.Alerts;
using Zotify.Logging.Configuration;

namespace Zotify.Logging.AspNetCore.Alerts;

/// <summary>Reads the receiver from its options. No message has its address or a secret: the address may be one, too.</summary>
internal static class WebhookSettings
{
    private const string UrlKey = $"{WebhookOptions.Section}:{nameof(WebhookOptions.Url)}";

    /// <summary>Reads it; <see langword="null"/> where it is not valid.</summary>
    /// <param name="options">The options.</param>
    /// <param name="errors">Gets what is wrong.</param>
    public static Webhook? Read(WebhookOptions options, List<string> errors)
    {
        var before = errors.Count;
        if (options.Url is null) errors.Add($"{UrlKey}: it is missing; set it to the address that receives alerts");
        Uri? url = null;
        if (options.Url is not null && (!Uri.TryCreate(options.Url, UriKind.Absolute, out url) || url.Scheme is not ("https" or "http")))
            errors.Add($"{UrlKey}: it is no address (not shown, because it may be a secret); begin it with https:// or http://");
        if (url is { UserInfo.Length: > 0 })
            errors.Add($"{UrlKey}: it has a user or a password, which would not be sent; remove them: messages are signed");
        foreach (var error in Annotations.ErrorsOf(options, typeof(WebhookOptions)))
            errors.Add($"{WebhookOptions.Section}:{nameof(options.Timeout)}: '{options.Timeout}': {error.ErrorMessage}");
        byte[]?[] keys =
        [
            Key(nameof(options.Secret), options.Secret, isRequired: true, errors),
            Key(nameof(options.PreviousSecret), options.PreviousSecret, isRequired: false, errors),
        ];
        return errors.Count > before ? null : new Webhook(url!, [.. keys.OfType<byte[]>()], options.Timeout);
    }

    private static byte[]? Key(string name, string? secret, bool isRequired, List<string> errors)
    {
        if (secret is null && !isRequired) return null;
        var key = secret is null ? null : WebhookSignature.KeyOf(secret);
        if (key is not null) return key;
        errors.Add(
            $"{WebhookOptions.Section}:{name}: it {(secret is null ? "is missing" : "is no secret of Standard Webhooks (not shown)")}; "
                + "set it to whsec_ and 24 to 64 random bytes in base64, for example by: echo whsec_$(openssl rand -base64 32)");
        return null;
    }
}
