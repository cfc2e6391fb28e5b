using System.Collections;

namespace Zotify.Logging.AspNetCore.Common;

/// <summary>
/// What every record of a request has. A copy, and not the request itself: work that a request leaves behind still logs in its
/// scope, when the server has given the request's context to another one. Immutable.
/// </summary>
internal sealed class RequestScope : IReadOnlyList<KeyValuePair<string, object?>>
{
    private readonly KeyValuePair<string, object?>[] _values;

    /// <param name="userId">Who makes it; <see langword="null"/> for nobody who is known.</param>
    /// <param name="sourceIp">The address it comes from, where there is one.</param>
    /// <param name="requestId">The server's id of the request.</param>
    public RequestScope(string? userId, string? sourceIp, string requestId) => _values =
    [
        .. new KeyValuePair<string, object?>[] { new("user_id", userId), new("source_ip", sourceIp), new("request_id", requestId) }
            .Where(value => value.Value is not null),
    ];

    /// <inheritdoc/>
    public int Count => _values.Length;

    /// <inheritdoc/>
    public KeyValuePair<string, object?> this[int index] => _values[index];

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => _values.AsEnumerable().GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>For providers that show scopes as text.</summary>
    public override string ToString() => string.Join(' ', _values.Select(value => $"{value.Key}:{value.Value}"));
}
