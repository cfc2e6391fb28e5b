using Zotify.Logging.Provider.Database;
using Zotify.Logging.Provider.Queries;

namespace Zotify.Logging.Web.Endpoints;

/// <summary>Answers what a request got wrong, and a database that is away, by problem details (RFC 9457).</summary>
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
            return BadParameter(exception.ParamName!, MessageOf(exception));
        }
        catch (DatabaseUnavailableException exception)
        {
            return TypedResults.Problem(exception.Message, statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }

    /// <summary>The answer to a parameter that cannot be used.</summary>
    public static IResult BadParameter(string parameter, string detail) => TypedResults.Problem(
        $"{parameter}: {detail}", statusCode: StatusCodes.Status400BadRequest, extensions: new Dictionary<string, object?> { ["parameter"] = parameter });

    /// <summary>The queries name their parameters as the requests do; any other <see cref="ArgumentException"/> is a fault of ours.</summary>
    private static bool IsOfRequest(ArgumentException exception, HttpRequest request) =>
        exception is InvalidParameterException or InvalidPositionException
        || (exception.ParamName is { } name && request.Query.ContainsKey(name));

    private static string MessageOf(ArgumentException exception)
    {
        // .NET appends the parameter's name, which stands before the message already.
        var appended = $" (Parameter '{exception.ParamName}')";
        return exception.Message.Replace(appended, "", StringComparison.Ordinal);
    }
}
