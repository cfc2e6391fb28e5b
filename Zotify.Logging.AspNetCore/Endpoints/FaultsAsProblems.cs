using Microsoft.AspNetCore.Http.HttpResults;
using Zotify.Logging.AspNetCore.Streams;
using Zotify.Logging.Handlers;
using Zotify.Logging.Queries;

namespace Zotify.Logging.AspNetCore.Endpoints;

/// <summary>
/// Answers what a request got wrong, and what cannot be read now or is not configured, by problem details (RFC 9457). Whatever a request
/// brings, no fault of this program answers it.
/// </summary>
internal sealed class FaultsAsProblems : IEndpointFilter
{
    private const string Details = "details";

    /// <inheritdoc/>
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        try
        {
            var result = await next(context);
            if (result is not LongAnswer body) return result;
            // Written here, so that what fails before its first byte is answered as well.
            await body.ExecuteAsync(http);
            return Results.Empty;
        }
        catch (Exception exception) when (!http.Response.HasStarted)
        {
            if (AnswerTo(exception, http) is { } answer) return answer;
            throw;
        }
    }

    /// <summary>The answer to a fault that this API knows; <see langword="null"/> for any other.</summary>
    private static IResult? AnswerTo(Exception exception, HttpContext context) => exception switch
    {
        ArgumentException fault when IsOfRequest(fault, context.Request) =>
            BadParameter(NameOf(fault, context.Request), MessageOf(fault)),
        NoDatabaseException => TypedResults.Problem(exception.Message, statusCode: StatusCodes.Status501NotImplemented),
        DatabaseUnavailableException => Later(context, exception.Message),
        // It may still arrive. Clients take 404 as final, and retry after 503.
        LogBehindException late => Later(context, late.Message, new() { ["complete"] = false, ["behind"] = late.Behind }),
        (IOException and not BadHttpRequestException) or UnauthorizedAccessException =>
            Later(context, "The files of the log cannot be read now."),
        // A Durable audit log refuses the reading that it cannot write down.
        AggregateException { InnerExceptions: [AuditNotWrittenException fault, ..] } => Later(context, fault.Message),
        OperationCanceledException when IsStopping(context) =>
            Later(context, "The program stops; ask again when it has started, or another instance."),
        _ => null,
    };

    private static bool IsStopping(HttpContext context) =>
        context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested
        && !context.RequestAborted.IsCancellationRequested;

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
    public static string NameOf(ArgumentException exception, HttpRequest request)
    {
        if (exception is InvalidParameterException) return exception.ParamName!;
        var parameter = GivenAs(ParameterNames.Of(exception.ParamName!), request.Query);
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
        || (exception.ParamName is { } name && IsGiven(ParameterNames.Of(name), request.Query));

    /// <summary>The parameter as the request wrote it: <c>details[a].not</c> may be written as <c>details.not[a]</c>.</summary>
    private static string GivenAs(string parameter, IQueryCollection query)
    {
        const string other = $"{Details}{QueryParameter.Not}";
        var isDetail = parameter.StartsWith(Details, StringComparison.Ordinal)
            && parameter.EndsWith(QueryParameter.Not, StringComparison.Ordinal);
        if (query.ContainsKey(parameter) || !isDetail) return parameter;
        var given = $"{other}{parameter[Details.Length..^QueryParameter.Not.Length]}";
        return query.ContainsKey(given) ? given : parameter;
    }

    private static bool IsGiven(string parameter, IQueryCollection query) => query.ContainsKey(parameter)
        || (parameter.StartsWith(Details, StringComparison.Ordinal)
            && query.Keys.Any(given => given.StartsWith(Details, StringComparison.OrdinalIgnoreCase)));

    /// <summary>What an exception says, without the name of its parameter.</summary>
    public static string MessageOf(ArgumentException exception)
    {
        // .NET appends the parameter's name, and the message already begins with it.
        var appended = $" (Parameter '{exception.ParamName}')";
        return exception.Message.Replace(appended, "", StringComparison.Ordinal);
    }
}
