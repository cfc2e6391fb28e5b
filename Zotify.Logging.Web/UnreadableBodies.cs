using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;
using Zotify.Logging.AspNetCore.Endpoints;

namespace Zotify.Logging.Web;

/// <summary>Answers a body that cannot be read by a problem that names the field.</summary>
internal sealed class UnreadableBodies : IExceptionHandler
{
    /// <inheritdoc/>
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is not BadHttpRequestException fault) return false;
        var problem = fault switch
        {
            { InnerException: JsonException { Path: ['$', '.', .. var field] } } =>
                FaultsAsProblems.Problem(field, "The value is of another type than is expected.", fault.StatusCode),
            { StatusCode: StatusCodes.Status400BadRequest } =>
                FaultsAsProblems.Problem("body", "A JSON object is expected.", fault.StatusCode),
            _ => OfStatus(httpContext, fault.StatusCode),
        };
        await problem.ExecuteAsync(httpContext);
        return true;
    }

    /// <summary>The problem of a status that came without one, from the server or from the routing.</summary>
    public static IResult OfStatus(HttpContext context, int status) => status switch
    {
        StatusCodes.Status413PayloadTooLarge => FaultsAsProblems.Problem("body", "It is larger than any that is expected here.", status),
        StatusCodes.Status415UnsupportedMediaType =>
            FaultsAsProblems.Problem("Content-Type", $"'{context.Request.ContentType}': application/json is expected.", status),
        _ => TypedResults.Problem(statusCode: status),
    };
}
