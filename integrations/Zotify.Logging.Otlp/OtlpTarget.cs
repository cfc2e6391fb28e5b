using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using Zotify.Logging.Common;
using Zotify.Logging.Journal;
using Zotify.Logging.Shipping;

namespace Zotify.Logging.Otlp;

/// <summary>Sends lines to a collector by OTLP over HTTP, in its JSON encoding, compressed. Used by one caller at a time.</summary>
internal sealed class OtlpTarget : IJournalTarget
{
    /// <summary>An answer has at most a message.</summary>
    private const int MaxAnswer = 64 * 1024;

    private const int MaxMessage = 500;

    private readonly OtlpOptions _options;
    private readonly string _service;
    private readonly TimeProvider _time;
    private readonly HttpClient _client;

    /// <param name="options">The options, validated.</param>
    /// <param name="service">The name of the service.</param>
    /// <param name="time">The clock, for a Retry-After that is a date.</param>
    public OtlpTarget(OtlpOptions options, string service, TimeProvider time)
    {
        _options = options;
        _service = service;
        _time = time;
        _client = OutgoingHttp.CreateClient(options.Timeout);
        _client.MaxResponseContentBufferSize = MaxAnswer;
        foreach (var (name, value) in options.Headers) _client.DefaultRequestHeaders.TryAddWithoutValidation(name, value);
    }

    /// <inheritdoc/>
    public int MaxBatch => _options.MaxBatch;

    /// <inheritdoc/>
    public async Task<ShippingResult> SendAsync(
        IReadOnlyList<JournalLine> lines, Guid journal, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _options.LogsEndpoint) { Content = Content(lines, journal) };
        try
        {
            using var response = await _client.SendAsync(request, cancellationToken).ConfigureAwait(false);
            var answer = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
            if (response.IsSuccessStatusCode) return OtlpAnswer.Read(answer);
            throw Failure(response, OtlpAnswer.Message(answer));
        }
        catch (HttpRequestException exception)
        {
            throw new TargetException(exception.Message, TargetFault.Temporary, cause: exception);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TargetException(
                $"{_options.LogsEndpoint} did not answer within {_options.Timeout}", TargetFault.Temporary, cause: exception);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return default;
    }

    private ByteArrayContent Content(IReadOnlyList<JournalLine> lines, Guid journal)
    {
        using var body = new MemoryStream();
        using (var gzip = new GZipStream(body, CompressionLevel.Fastest, leaveOpen: true))
            OtlpRequest.Write(gzip, lines, journal, _service);
        var content = new ByteArrayContent(body.ToArray());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        content.Headers.ContentEncoding.Add("gzip");
        return content;
    }

    /// <summary>
    /// What an answer means, by the table of the protocol. What it calls not retryable is retried, too, where it is not about the lines: an
    /// audit event must not be lost because a key was wrong.
    /// </summary>
    private TargetException Failure(HttpResponseMessage response, string message)
    {
        var code = (int)response.StatusCode;
        var text = string.Create(CultureInfo.InvariantCulture, $"{_options.LogsEndpoint} answered {code}{(message.Length > 0 ? ": " : "")}")
            + (message.Length > MaxMessage ? message[..MaxMessage] : message);
        var fault = response.StatusCode switch
        {
            HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge => TargetFault.Refused,
            HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests => TargetFault.Temporary,
            HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout => TargetFault.Temporary,
            _ => TargetFault.Permanent,
        };
        var wait = fault == TargetFault.Temporary ? OutgoingHttp.WaitOf(response.Headers.RetryAfter, _time) : null;
        return new TargetException(text, fault, wait);
    }
}
