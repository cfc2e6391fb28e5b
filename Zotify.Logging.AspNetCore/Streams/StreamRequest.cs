using Microsoft.AspNetCore.Http.HttpResults;

namespace Zotify.Logging.AspNetCore.Streams;

/// <summary>The common parts of stream requests.</summary>
internal static class StreamRequest
{
    /// <summary>The header with which a browser resumes a stream of events.</summary>
    public const string LastEventId = "Last-Event-ID";

    /// <summary>
    /// A token that ends a long request when the client disconnects or the host stops. It must not delay the stop.
    /// </summary>
    public static CancellationToken End(HttpContext context, IHostApplicationLifetime host)
    {
        var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, host.ApplicationStopping);
        context.Response.RegisterForDispose(end);
        return end.Token;
    }

    /// <summary>The answer to a client that accepts none of the formats.</summary>
    public static ProblemHttpResult NotAcceptable() => TypedResults.Problem(
        $"Accept: one of {PlainText.MediaType}, {NdJson.MediaType} or {ServerSentEvents.MediaType} is expected.",
        statusCode: StatusCodes.Status406NotAcceptable);

    /// <summary>Describes the formats.</summary>
    public static RouteHandlerBuilder ProducesStream(this RouteHandlerBuilder endpoint) => endpoint
        .Produces<string>(StatusCodes.Status200OK, contentType: PlainText.MediaType,
            additionalContentTypes: [NdJson.MediaType, ServerSentEvents.MediaType])
        .ProducesProblem(StatusCodes.Status406NotAcceptable);
}
