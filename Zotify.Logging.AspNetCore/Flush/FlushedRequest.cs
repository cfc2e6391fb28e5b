using Microsoft.AspNetCore.Http.Features;
using Zotify.Logging.Dispatch;

namespace Zotify.Logging.AspNetCore.Flush;

/// <summary>Runs a request so that nothing of its answer is sent before what it logged is on the disk.</summary>
internal static class FlushedRequest
{
    /// <summary>Runs the rest of the request. An outer call does the work for all inner ones.</summary>
    public static async Task RunAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Features.Get<HeldBody>() is not null)
        {
            await next(context);
            return;
        }

        var server = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        var body = new HeldBody(context, server, LoggedWork.Begin());
        // The first callback that is registered runs last: it includes what the others log, and answers that bypass the body.
        context.Response.OnStarting(body.StartingAsync);
        context.Features.Set<IHttpResponseBodyFeature>(body);
        context.Features.Set(body);
        try
        {
            await next(context);
            await body.PassAsync(context.RequestAborted);
        }
        catch (AnswerWithheldException) when (body.IsWithheld)
        {
            // The client has got its answer.
        }
        finally
        {
            context.Features.Set(server);
            context.Features.Set<HeldBody>(null);
        }
    }
}
