namespace Zotify.Logging.AspNetCore.Common;

/// <summary>The middleware that opens a scope for each request.</summary>
internal sealed class LogContext(RequestDelegate next, ILogger<LogContext> logger)
{
    /// <summary>Runs the rest of the request inside the scope.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        var values = new RequestScope(Caller.UserIdOf(context.User), Caller.AddressOf(context), context.TraceIdentifier);
        using var scope = logger.BeginScope(values);
        await next(context);
    }
}
