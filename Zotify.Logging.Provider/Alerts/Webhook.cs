namespace Zotify.Logging.Alerts;

/// <summary>The receiver of messages. Immutable.</summary>
/// <param name="Url">Its address, which may be a secret itself.</param>
/// <param name="Keys">The keys that sign each message, the current one first.</param>
/// <param name="Timeout">How long a request may take.</param>
internal sealed record Webhook(Uri Url, IReadOnlyList<byte[]> Keys, TimeSpan Timeout)
{
    /// <summary>The receiver in messages.</summary>
    public string Host => Url.Authority;

    /// <summary>Shows no secret.</summary>
    public override string ToString() => Host;
}
