using Zotify.Logging.AspNetCore.Flush;

// In this namespace, so that it is found without a using, like every UseX() of ASP.NET Core.
namespace Microsoft.AspNetCore.Builder;

/// <summary>Sends an answer only when what its request logged is on the disk.</summary>
public static class ZotifyFlushExtensions
{
    /// <summary>
    /// Holds every answer back until the audit events and job entries that its request logged are on the disk. Requests that wait at the
    /// same time share one fsync, and no thread blocks. A request that logged neither does not wait. Where the disk refuses, the client
    /// gets 503 as problem details instead of the answer, although the action may have taken effect; it gets it at once while the disk
    /// fails, and after the handler's <c>WaitTimeout</c> where the disk does not answer. Of a streamed answer, the first byte waits for
    /// what was logged before it; what is logged later does not delay the stream.
    /// </summary>
    /// <param name="app">The application. Call it before whatever answers requests: everything that is added later is covered.</param>
    /// <returns>The application.</returns>
    public static IApplicationBuilder UseZotifyFlush(this IApplicationBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        return app.UseMiddleware<AnswerFlush>();
    }

    /// <summary>
    /// As <see cref="UseZotifyFlush"/>, for one endpoint or a group. What middleware logged before the endpoint is not waited for.
    /// </summary>
    /// <typeparam name="TBuilder">The type of the endpoint.</typeparam>
    /// <param name="builder">The endpoint or the group, of any kind: handlers, controllers, pages.</param>
    /// <returns>The endpoint or the group.</returns>
    public static TBuilder WithZotifyFlush<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Add(endpoint =>
        {
            if (endpoint.RequestDelegate is { } run) endpoint.RequestDelegate = context => FlushedRequest.RunAsync(context, run);
        });
        return builder;
    }
}
