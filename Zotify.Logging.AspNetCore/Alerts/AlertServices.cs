using System.Diagnostics.Metrics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Zotify.Logging.Alerts;
using Zotify.Logging.Common;
using Zotify.Logging.Configuration;
using Zotify.Logging.Database;
using Zotify.Logging.Diagnostics;
using Zotify.Logging.Monitoring;
using Zotify.Logging.Queries;
using Zotify.Logging.Shipping;

namespace Zotify.Logging.AspNetCore.Alerts;

/// <summary>Registers alerts and the continuous verification.</summary>
internal static class AlertServices
{
    /// <summary>Adds the services.</summary>
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton(s => new AlertConfiguration(s.GetService<IConfiguration>()));
        services.AddSingleton<IValidateOptions<ZotifyLoggingOptions>, AlertConfigurationValidator>();
        services.AddSingleton(s =>
        {
            var alerts = s.GetRequiredService<AlertConfiguration>();
            return new AlertTargetFactory(() => alerts.Settings, LoggingClock.Of(s));
        });
        services.AddSingleton<IJournalTargetFactory>(s => s.GetRequiredService<AlertTargetFactory>());
        services.AddSingleton(MakeProver);
        services.AddHostedService(s =>
        {
            var (time, prover) = (LoggingClock.Of(s), ProverOf(s));
            LoggingMetrics.Observe(prover, s.GetRequiredService<AlertTargetFactory>(), time, s.GetRequiredService<IMeterFactory>());
            return new ProofLoop(prover, time, s.GetRequiredService<SelfDiagnostics>());
        });
        services.AddHostedService<SidecarAlertCheck>();
        services.AddHostedService(s => new ConditionWatch(
            s.GetRequiredService<LoggingService>(), s.GetRequiredService<AlertTargetFactory>(), ProverOf(s),
            s.GetRequiredService<InstanceStates>(), LoggingClock.Of(s)));
    }

    /// <summary>The prover; <see langword="null"/> in a sidecar: another process writes those files, and its proofs are its own.</summary>
    private static AuditProver? ProverOf(IServiceProvider services) =>
        services.GetRequiredService<LogSource>().IsSidecar ? null : services.GetRequiredService<AuditProver>();

    private static AuditProver MakeProver(IServiceProvider services)
    {
        var source = services.GetRequiredService<LogSource>();
        return new AuditProver(
            services.GetRequiredService<AuditVerifier>(),
            source.PathOf(source.Audit),
            services.GetRequiredService<LoggingDatabase>().IsConfigured,
            LoggingClock.Of(services));
    }
}
