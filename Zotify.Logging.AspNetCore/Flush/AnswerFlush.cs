namespace Zotify.Logging.AspNetCore.Flush;

/// <summary>The middleware that holds answers back until what their requests logged is on the disk.</summary>
internal sealed class AnswerFlush(RequestDelegate next)
{
    /// <summary>Runs the rest of the request.</summary>
    public Task InvokeAsync(HttpContext context) => FlushedRequest.RunAsync(context, next);
}
