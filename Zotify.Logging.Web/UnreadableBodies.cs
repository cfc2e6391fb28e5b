using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;
using Zotify.Logging.AspNetCore.Endpoints;

namespace Zotify.Logging.Web;

/// <summary>Answers a request whose body cannot be read with a problem that names the field.</summary>
internal sealed class UnreadableBodies : IExceptionHandler
{
    /// <inheritdoc/>
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is not BadHttpRequestException refusal) return false;
        var problem = refusal switch
        {
            { InnerException: JsonException { Path: ['$', '.', .. var field] } } =>
                FaultsAsProblems.Problem(field, "The value is of another type than is expected.", refusal.StatusCode),
            { StatusCode: StatusCodes.Status400BadRequest } =>
                FaultsAsProblems.Problem("body", "A JSON object is expected.", refusal.StatusCode),
            _ => OfStatus(httpContext, refusal.StatusCode),
        };
        await problem.ExecuteAsync(httpContext);
        return true;
    }

    /// <summary>The problem for a status that the server or the routing set without one.</summary>
    public static IResult OfStatus(HttpContext context, int status) => status switch
    {
        StatusCodes.Status413PayloadTooLarge => FaultsAsProblems.Problem("body", "It is larger than any that is expected here.", status),
        StatusCodes.Status415UnsupportedMediaType =>
            FaultsAsProblems.Problem("Content-Type", $"'{context.Request.ContentType}': application/json in UTF-8 is expected.", status),
        _ => TypedResults.Problem(statusCode: status),
    };
}
