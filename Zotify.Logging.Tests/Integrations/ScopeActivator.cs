using Hangfire;
using Microsoft.Extensions.DependencyInjection;

namespace Zotify.Logging.Tests.Integrations;

/// <summary>Resolves jobs from the services of one host.</summary>
internal sealed class ScopeActivator(IServiceProvider services) : JobActivator
{
    public override object ActivateJob(Type jobType) => services.GetRequiredService(jobType);
}
