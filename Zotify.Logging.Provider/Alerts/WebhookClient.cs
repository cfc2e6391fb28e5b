using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Zotify.Logging.Common;

namespace Zotify.Logging.Alerts;

/// <summary>Sends signed messages to the receiver. Thread-safe.</summary>
internal sealed class WebhookClient : IDisposable
{
    private readonly Webhook _webhook;
    private readonly TimeProvider _time;
    private readonly HttpClient _client;

    /// <param name="webhook">The receiver.</param>
    /// <param name="time">The clock of the signatures.</param>
    public WebhookClient(Webhook webhook, TimeProvider time)
    {
        _webhook = webhook;
        _time = time;
        _client = OutgoingHttp.CreateClient(webhook.Timeout);
        _client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("Zotify.Logging", "1"));
    }

    /// <summary>Makes one attempt.</summary>
    /// <exception cref="OperationCanceledException">Cancelled; the receiver may have the message.</exception>
    public async Task<WebhookAnswer> SendAsync(PendingAlert message, CancellationToken cancellationToken)
    {
        var timestamp = _time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var request = new HttpRequestMessage(HttpMethod.Post, _webhook.Url);
        request.Content = new StringContent(message.Body, Encoding.UTF8, "application/json");
        request.Headers.Add("webhook-id", message.Id);
        request.Headers.Add("webhook-timestamp", timestamp);
        request.Headers.Add("webhook-signature", WebhookSignature.Of(_webhook.Keys, message.Id, timestamp, message.Body));
        try
        {
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken)
                .ConfigureAwait(false);
            return Answer(response);
        }
        catch (HttpRequestException exception)
        {
            return new WebhookAnswer($"{_webhook.Host} was not reached: {exception.Message}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new WebhookAnswer($"{_webhook.Host} did not answer within {_webhook.Timeout}");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private WebhookAnswer Answer(HttpResponseMessage response)
    {
        if (response.IsSuccessStatusCode) return default;
        var error = string.Create(CultureInfo.InvariantCulture, $"{_webhook.Host} answered {(int)response.StatusCode}");
        var isOfMessage = response.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge
            or HttpStatusCode.UnsupportedMediaType or HttpStatusCode.UnprocessableEntity or HttpStatusCode.Conflict;
        return new WebhookAnswer(error, isOfMessage, OutgoingHttp.WaitOf(response.Headers.RetryAfter, _time));
    }
}
