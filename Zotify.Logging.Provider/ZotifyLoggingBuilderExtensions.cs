using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Configuration;
using Microsoft.Extensions.Options;
using Zotify.Logging;
using Zotify.Logging.Capture;
using Zotify.Logging.Common;
using Zotify.Logging.Configuration;
using Zotify.Logging.Database;
using Zotify.Logging.Diagnostics;
using Zotify.Logging.Dispatch;
using Zotify.Logging.Handlers;
using Zotify.Logging.Instances;
using Zotify.Logging.Journal;
using Zotify.Logging.Monitoring;
using Zotify.Logging.Queries;

// Found without a using, like every AddX() of a logging provider.
namespace Microsoft.Extensions.Logging;

/// <summary>Adds Zotify logging to an application.</summary>
public static class ZotifyLoggingBuilderExtensions
{
    private const string SystemHandler = BuiltInHandlers.System;
    private const string AuditHandler = BuiltInHandlers.Audit;
    private const string JobHandler = BuiltInHandlers.Jobs;

    /// <summary>
    /// Adds the provider with its handlers System, Audit and Jobs, the query services and a health check tagged
    /// <c>ready</c>, configured by <c>Logging:Zotify</c> and then by <paramref name="configure"/>. Calling it again only
    /// adds the further configuration.
    /// </summary>
    /// <param name="builder">The logging builder.</param>
    /// <param name="configure">Code that wins over the configuration; it runs again at every change of the configuration.</param>
    /// <remarks>Options that are not valid fail the first logger that is made, with an <see cref="OptionsValidationException"/> that names
    /// every key.</remarks>
    public static ILoggingBuilder AddZotify(this ILoggingBuilder builder, Action<ZotifyLoggingOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        if (!services.Any(service => service.ServiceType == typeof(LoggingService)))
        {
            builder.AddConfiguration();
            AddConfiguration(services);
            AddDispatch(services);
            BuiltInHandlers.Add(services);
            AddQueries(services);
        }

        // Each time: ClearProviders may have removed it since.
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ILoggerProvider, ZotifyLoggerProvider>(
            s => new ZotifyLoggerProvider(s.GetRequiredService<LoggingService>(), LoggingClock.Of(s))));
        if (configure is not null) services.Configure(configure);
        return builder;
    }

    /// <summary>
    /// Adds a handler of the application's own, configured under <c>Logging:Zotify:Handlers:&lt;name&gt;</c>. The handler is
    /// made by the container, on a thread of its own; its services may log.
    /// </summary>
    /// <exception cref="ArgumentException">The name is empty, holds a colon, or is registered already.</exception>
    public static ILoggingBuilder AddHandler<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THandler>(
        this ILoggingBuilder builder, string name)
        where THandler : BaseLogHandler
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (name.Contains(':', StringComparison.Ordinal))
            throw new ArgumentException($"'{name}' holds a colon, which separates keys of the configuration.", nameof(name));
        var known = builder.Services.Select(service => service.ImplementationInstance).OfType<HandlerRegistration>();
        if (known.Any(handler => string.Equals(handler.Name, name, StringComparison.OrdinalIgnoreCase)))
            throw new ArgumentException($"A handler named '{name}' is registered already.", nameof(name));
        BuiltInHandlers.Register(
            builder.Services,
            new HandlerRegistration(
                name, typeof(THandler), services => () => ActivatorUtilities.CreateInstance<THandler>(services)));
        return builder;
    }

    private static void AddConfiguration(IServiceCollection services)
    {
        services.AddOptions();
        services.AddSingleton<IConfigureOptions<ZotifyLoggingOptions>, OptionsFromConfiguration>();
        services.AddSingleton<IConfigureOptions<ZotifyLoggingOptions>, SidecarDefaults>();
        services.AddSingleton<IValidateOptions<ZotifyLoggingOptions>, ZotifyLoggingOptionsValidator>();
        services.AddSingleton(
            s => new ProviderSection(s.GetRequiredService<ILoggerProviderConfiguration<ZotifyLoggerProvider>>().Configuration));
        services.AddSingleton(new GeneralLevelBypass(typeof(ZotifyLoggerProvider).FullName!, ZotifyLoggerProvider.Alias));
        services.AddSingleton<IPostConfigureOptions<LoggerFilterOptions>>(s => s.GetRequiredService<GeneralLevelBypass>());
        services.AddSingleton<IOptionsChangeTokenSource<LoggerFilterOptions>>(s => s.GetRequiredService<GeneralLevelBypass>());
        services.AddSingleton<OptionsSource>();
        services.AddSingleton<IDispatchSettingsSource>(s => s.GetRequiredService<OptionsSource>());
        services.AddSingleton(s => new Placement(s.GetRequiredService<OptionsSource>(), s.GetService<IHostEnvironment>()));
    }

    private static void AddDispatch(IServiceCollection services)
    {
        services.AddMetrics();
        services.AddSingleton(s => new SelfDiagnostics(LoggingClock.Of(s), BackgroundOutput.Stderr));
        services.AddSingleton(s =>
        {
            // Made before the service, so that the container disposes of it after the service has drained.
            _ = s.GetRequiredService<LoggingDatabase>();
            var meters = s.GetRequiredService<IMeterFactory>();
            var service = new LoggingService(
                s.GetServices<HandlerRegistration>(),
                s.GetRequiredService<IDispatchSettingsSource>(),
                s,
                LoggingClock.Of(s),
                s.GetRequiredService<SelfDiagnostics>(),
                heedsSignals: s.GetService<IHostEnvironment>() is null,
                s.GetRequiredService<SharedSetup>());
            LoggingMetrics.Observe(service, meters);
            return service;
        });
        services.AddHostedService(s =>
        {
            // A source that is not valid stops the start, too.
            _ = s.GetRequiredService<LogSource>();
            return new LoggingLifetime(s.GetRequiredService<LoggingService>());
        });
        services.AddHealthChecks().AddCheck<LoggingHealthCheck>(LoggingHealthCheck.Name, tags: ["ready"]);
    }

    private static void AddQueries(IServiceCollection services)
    {
        services.AddSingleton(OwnAndSources);
        services.AddSingleton(s => s.GetRequiredService<LogSources>().Primary);
        services.AddSingleton(s => new SourceMonitor(s.GetRequiredService<LogSource>(), s.GetRequiredService<LoggingDatabase>()));
        services.AddSingleton(s =>
        {
            var source = s.GetRequiredService<LogSource>();
            IReadYourWrites readYourWrites = source.IsSidecar
                ? new NoReadYourWrites()
                : OwnReadYourWrites<FileStreamHandler>(s, FlushTo.Disk);
            return new SystemLogTail(source.PathOf(source.System), LoggingClock.Of(s), readYourWrites)
            {
                Instance = () => KnownInstanceOf(source),
            };
        });
        services.AddSingleton(s => new AuditLog(s.GetRequiredService<LoggingDatabase>(), AuditReadYourWrites(s)));
        services.AddSingleton(s => new AuditFacets(s.GetRequiredService<LoggingDatabase>(), AuditReadYourWrites(s)));
        services.AddSingleton(s =>
        {
            var (source, options) = (s.GetRequiredService<LogSource>(), s.GetRequiredService<OptionsSource>());
            return new AuditVerifier(
                source.Directory,
                source.Audit,
                () => InstanceOf(source),
                () => [.. ((JsonAuditHandlerOptions)options.Current.Handlers[AuditHandler]).HashKeys.Select(key => key.ToHashKey())],
                s.GetRequiredService<LoggingDatabase>(),
                () => source.IsSidecar ? new NoReadYourWrites() : OwnReadYourWrites<JsonAuditHandler>(s, FlushTo.Disk));
        });
        services.AddSingleton(s =>
        {
            var options = s.GetRequiredService<OptionsSource>();
            return new JobExpectations(
                () => JobRules.Of((DatabaseJobLogHandlerOptions)options.Current.Handlers[JobHandler]), LoggingClock.Of(s));
        });
        services.AddSingleton(s => new InstanceStates(
            s.GetRequiredService<LoggingDatabase>(), s.GetRequiredService<JobExpectations>(), LoggingClock.Of(s),
            () => s.GetRequiredService<Placement>().Instance));
        services.AddSingleton(s => new JobLogs(
            s.GetRequiredService<LoggingDatabase>(), JobReadYourWrites(s), s.GetRequiredService<JobExpectations>()));
        services.AddSingleton(s => new JobProgressReader(
            s.GetRequiredService<LoggingDatabase>(), JobReadYourWrites(s), s.GetRequiredService<JobExpectations>()));
        services.AddSingleton(s => new JobEnds(
            s.GetRequiredService<LiveDatabase>(), JobReadYourWrites(s), s.GetRequiredService<JobExpectations>()));
        services.AddSingleton(s => new LiveDatabase(s.GetRequiredService<LoggingDatabase>(), LoggingClock.Of(s)));
        services.AddSingleton(s => new AuditLogTail(s.GetRequiredService<LiveDatabase>(), AuditReadYourWrites(s)));
        services.AddSingleton(s => new JobLogTail(s.GetRequiredService<LiveDatabase>(), JobReadYourWrites(s)));
    }

    private static IReadYourWrites AuditReadYourWrites(IServiceProvider services) =>
        ReadYourWrites<JsonAuditHandler>(services, source => source.Audit);

    private static IReadYourWrites JobReadYourWrites(IServiceProvider services) =>
        ReadYourWrites<DatabaseJobLogHandler>(services, source => source.Jobs);

    /// <summary>The writer of a source: as configured, else as the newest line of its audit log names it.</summary>
    private static string InstanceOf(LogSource source) => source.Instance ?? JournalEnd.InstanceOf(source.PathOf(source.Audit));

    /// <summary>The writer of a source, as far as it is known: whoever may not read the audit log may still read the system log.</summary>
    private static string? KnownInstanceOf(LogSource source)
    {
        try
        {
            return InstanceOf(source) is { Length: > 0 } instance ? instance : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static LogSources OwnAndSources(IServiceProvider services)
    {
        var (options, placement) = (services.GetRequiredService<OptionsSource>().Started, services.GetRequiredService<Placement>());
        var own = new LogSource(
            placement.Directory,
            options.Handler<FileStreamHandlerOptions>(SystemHandler).Path,
            options.Handler<JsonAuditHandlerOptions>(AuditHandler).Path,
            options.Handler<DatabaseJobLogHandlerOptions>(JobHandler).Path,
            placement.Instance,
            IsSidecar: false);
        return SourceConfiguration.Read(services.GetService<IConfiguration>(), own, placement.ContentRoot);
    }

    /// <summary>
    /// Waits for what this process logged before, and in a sidecar also for what the application's journal held when the query came.
    /// </summary>
    private static IReadYourWrites ReadYourWrites<THandler>(IServiceProvider services, Func<LogSource, string> fileOf)
        where THandler : BaseLogHandler
    {
        var (own, source) = (OwnReadYourWrites<THandler>(services, FlushTo.Database), services.GetRequiredService<LogSource>());
        if (!source.IsSidecar) return own;
        var journal = new SidecarJournal(source.Directory, fileOf(source), services.GetRequiredService<LoggingDatabase>());
        return new CombinedReadYourWrites(own, new SidecarReadYourWrites(journal, LoggingClock.Of(services)));
    }

    private static HandlerReadYourWrites<THandler> OwnReadYourWrites<THandler>(IServiceProvider services, FlushTo target)
        where THandler : BaseLogHandler =>
        new HandlerReadYourWrites<THandler>(
            services.GetRequiredService<LoggingService>(), target, LoggingClock.Of(services));
}
