namespace Zotify.Logging.AspNetCore.Common;

/// <summary>The middleware that puts a request into a scope.</summary>
internal sealed class LogContext(RequestDelegate next, ILogger<LogContext> logger)
{
    /// <summary>Runs the rest of the request inside the scope.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        using var scope = logger.BeginScope(new RequestScope(Caller.UserIdOf(context.User), Caller.AddressOf(context), context.TraceIdentifier));
        await next(context);
    }
}
