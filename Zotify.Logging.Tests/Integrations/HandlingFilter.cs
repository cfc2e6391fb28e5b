using Hangfire.Server;

namespace Zotify.Logging.Tests.Integrations;

/// <summary>An application's filter that handles every exception, and on request runs no job.</summary>
internal sealed class HandlingFilter : IServerFilter, IServerExceptionFilter
{
    /// <summary>Whether it cancels jobs.</summary>
    public bool Cancels { get; set; }

    public void OnPerforming(PerformingContext context) => context.Canceled = Cancels;

    public void OnPerformed(PerformedContext context)
    {
    }

    public void OnServerException(ServerExceptionContext context) => context.ExceptionHandled = true;
}
