using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Zotify.Logging.Configuration;

namespace Zotify.Logging.AspNetCore.Sources;

/// <summary>Sends requests to another instance, and says in plain words what went wrong. Thread-safe.</summary>
/// <param name="source">Where it is, and the key.</param>
/// <param name="time">The clock of the timeouts.</param>
internal sealed class RemoteConnection(MergedSource source, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(5);

    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(2),
        // A name may lead elsewhere after a while.
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        ActivityHeadersPropagator = null,
    });

    /// <summary>Sends a GET and returns the answer when its head is there. The caller disposes of it.</summary>
    /// <param name="path">The path below <c>/api/logs/</c>, with parameters.</param>
    /// <param name="accept">The media type.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <param name="longest">How long the head may take; five seconds by default.</param>
    /// <exception cref="SourceAwayException">There is no answer, or another one than expected.</exception>
    public async Task<HttpResponseMessage> GetAsync(
        string path, string accept, CancellationToken cancellationToken, TimeSpan? longest = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(source.Url!, $"api/logs/{path}"));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(accept));
        if (source.ApiKey is { } key) request.Headers.Add("X-API-Key", key);
        using var timeout = new CancellationTokenSource(longest ?? AnswerTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        HttpResponseMessage answer;
        try
        {
            answer = await _http.SendAsync(request, either.Token).ConfigureAwait(false);
        }
        catch (HttpRequestException exception)
        {
            throw new SourceAwayException(Reason(exception), exception);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new SourceAwayException("it does not answer", exception);
        }

        if (answer.StatusCode == HttpStatusCode.OK && answer.Content.Headers.ContentType?.MediaType == accept) return answer;
        using (answer) throw new SourceAwayException(Reason(answer));
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    // The exceptions' messages name hosts and ports, which are not for every reader.
    private static string Reason(HttpRequestException exception) => exception.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => "its name cannot be resolved",
        HttpRequestError.SecureConnectionError => "its certificate is not trusted",
        _ => exception.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionRefused }
            ? "it refuses the connection"
            : "it cannot be reached",
    };

    private static string Reason(HttpResponseMessage answer) => answer.StatusCode switch
    {
        HttpStatusCode.OK => "another program answers at its address",
        HttpStatusCode.Unauthorized => "it does not know the API key (401)",
        HttpStatusCode.Forbidden => "the API key lacks the scope logs:system (403)",
        HttpStatusCode.NotFound => "it has no log endpoints at this address (404)",
        HttpStatusCode.BadRequest => "it does not understand the request; it may be an older version (400)",
        var status => $"it answers with status {(int)status}",
    };
}
