using Microsoft.AspNetCore.Http.HttpResults;
using Zotify.Logging.AspNetCore.Streams;
using Zotify.Logging.Queries;

namespace Zotify.Logging.AspNetCore.Endpoints;

/// <summary>Answers what a request got wrong, and a database that is away or not configured, by problem details (RFC 9457).</summary>
internal sealed class FaultsAsProblems : IEndpointFilter
{
    /// <inheritdoc/>
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (ArgumentException exception) when (IsOfRequest(exception, context.HttpContext.Request))
        {
            return BadParameter(NameOf(exception, context.HttpContext.Request), MessageOf(exception));
        }
        catch (DatabaseUnavailableException exception)
        {
            return TypedResults.Problem(exception.Message, statusCode: StatusCodes.Status503ServiceUnavailable);
        }
        catch (NoDatabaseException exception)
        {
            return TypedResults.Problem(exception.Message, statusCode: StatusCodes.Status501NotImplemented);
        }
        catch (LogBehindException exception)
        {
            // It may still arrive. Clients take 404 as final, and retry after 503.
            return Later(context.HttpContext, exception.Message, new() { ["complete"] = false, ["behind"] = exception.Behind });
        }
    }

    /// <summary>The answer to what cannot be done now, and can be in a moment.</summary>
    public static ProblemHttpResult Later(HttpContext context, string detail, Dictionary<string, object?>? extensions = null)
    {
        context.Response.Headers.RetryAfter = "1";
        return TypedResults.Problem(detail, statusCode: StatusCodes.Status503ServiceUnavailable, extensions: extensions);
    }

    /// <summary>The answer to a parameter that cannot be used.</summary>
    public static IResult BadParameter(string parameter, string detail) => Problem(parameter, detail, StatusCodes.Status400BadRequest);

    /// <summary>The answer to a part of a request that cannot be used.</summary>
    public static IResult Problem(string part, string detail, int status) => TypedResults.Problem(
        $"{part}: {detail}", statusCode: status, extensions: new Dictionary<string, object?> { ["parameter"] = part });

    /// <summary>
    /// The parameter or header that a request gave the value in. A cursor may come by a header, which the queries do not know.
    /// </summary>
    private static string NameOf(ArgumentException exception, HttpRequest request)
    {
        if (exception is InvalidParameterException) return exception.ParamName!;
        var parameter = ParameterNames.Of(exception.ParamName!);
        var isHeader = exception is InvalidCursorException
            && !request.Query.ContainsKey(parameter)
            && request.Headers.ContainsKey(StreamRequest.LastEventId);
        return isHeader ? StreamRequest.LastEventId : parameter;
    }

    /// <summary>
    /// Whether the request caused it: it gave the parameter. Any other <see cref="ArgumentException"/> is a fault of this program.
    /// </summary>
    private static bool IsOfRequest(ArgumentException exception, HttpRequest request) =>
        exception is InvalidParameterException or InvalidCursorException
        || (exception.ParamName is { } name && request.Query.ContainsKey(ParameterNames.Of(name)));

    /// <summary>What an exception says, without the name of its parameter.</summary>
    public static string MessageOf(ArgumentException exception)
    {
        // .NET appends the parameter's name, and the message already begins with it.
        var appended = $" (Parameter '{exception.ParamName}')";
        return exception.Message.Replace(appended, "", StringComparison.Ordinal);
    }
}
