using System.Collections;

namespace Zotify.Logging.AspNetCore.Common;

/// <summary>
/// The values that every record of a request has. A copy, not the request itself: work that a request started may log in its scope after
/// the server has reused the request's context. Immutable.
/// </summary>
internal sealed class RequestScope : IReadOnlyList<KeyValuePair<string, object?>>
{
    private readonly KeyValuePair<string, object?>[] _values;

    /// <param name="userId">The user; <see langword="null"/> where the request is anonymous.</param>
    /// <param name="sourceIp">The address that it comes from, if known.</param>
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
