using Microsoft.AspNetCore.Http.Timeouts;

namespace Zotify.Logging.AspNetCore.Streams;

/// <summary>Keeps an application's <c>UseRequestTimeouts</c> from cutting what is long by nature.</summary>
internal static class LongAnswers
{
    /// <summary>Lets the answer take its time. Without effect where no timeout holds.</summary>
    public static void OptOutOfTimeout(HttpContext context) => context.Features.Get<IHttpRequestTimeoutFeature>()?.DisableTimeout();
}
