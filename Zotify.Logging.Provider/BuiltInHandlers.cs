using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Zotify.Logging.Configuration;
using Zotify.Logging.Database;
using Zotify.Logging.Diagnostics;
using Zotify.Logging.Dispatch;
using Zotify.Logging.Handlers;
using Zotify.Logging.Journal;
using Zotify.Logging.Projection;

namespace Zotify.Logging;

/// <summary>Registers the handlers System, Audit and Jobs, which all containers of a process share that use one directory.</summary>
internal static class BuiltInHandlers
{
    /// <summary>The name of the system log's handler.</summary>
    public const string System = "System";

    /// <summary>The name of the audit log's handler.</summary>
    public const string Audit = "Audit";

    /// <summary>The name of the job logs' handler.</summary>
    public const string Jobs = "Jobs";

    /// <summary>Adds the handlers and what they write into.</summary>
    public static void Add(IServiceCollection services)
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IDatabaseEngineFactory, SqliteEngineFactory>());
        services.AddSingleton(s => MakeDatabase(s));
        services.AddSingleton(s => new LoggingSchema(s.GetRequiredService<LoggingDatabase>()));
        services.AddSingleton(s => new SharedSetup(
            s.GetRequiredService<Placement>().Directory,
            s.GetRequiredService<Placement>().Instance,
            s.GetRequiredService<OptionsSource>().Started,
            PrepareStage(s),
            s.GetRequiredService<TimeProvider>(),
            s.GetRequiredService<SelfDiagnostics>()));
        Add(services, System, stage => new FileStreamHandler(stage.Directory, stage.Time));
        Add(services, Audit, stage => new JsonAuditHandler(stage));
        Add(services, Jobs, stage => new DatabaseJobLogHandler(stage));
    }

    /// <summary>Adds a handler and its options.</summary>
    public static void Register(IServiceCollection services, HandlerRegistration registration)
    {
        services.AddSingleton(registration);
        services.AddSingleton(new RegisteredOptions(registration.Name, registration.CreateOptions));
    }

    private static void Add<THandler>(IServiceCollection services, string name, Func<JournalStage, THandler> create)
        where THandler : BaseLogHandler =>
        Register(services, new HandlerRegistration(name, typeof(THandler)) { Share = stage => create((JournalStage)stage) });

    private static LoggingDatabase MakeDatabase(IServiceProvider services) => MakeDatabase(
        services.GetRequiredService<OptionsSource>().Started.Database,
        services.GetRequiredService<Placement>().ContentRoot,
        services.GetServices<IDatabaseEngineFactory>(),
        services.GetService<ConnectionTap>());

    private static LoggingDatabase MakeDatabase(
        DatabaseOptions options, string contentRoot, IEnumerable<IDatabaseEngineFactory> engines, ConnectionTap? tap) =>
        new(options, contentRoot, engines, tap, CommitSignals.Of(options, contentRoot));

    /// <summary>
    /// Returns the function that makes the stage. All that it needs is resolved now: a short program may dispose its container before it
    /// logs
    /// its last line. The stage has a database of its own, because it may outlive the container.
    /// </summary>
    private static Func<JournalStage> PrepareStage(IServiceProvider services)
    {
        var (placement, time) = (services.GetRequiredService<Placement>(), services.GetRequiredService<TimeProvider>());
        var options = services.GetRequiredService<OptionsSource>().Started;
        var engines = services.GetServices<IDatabaseEngineFactory>().ToArray();
        // Tests put a failing disk and a failing database here.
        var (openFile, tap) = (services.GetService<Func<string, IJournalFile>>(), services.GetService<ConnectionTap>());
        return () => new JournalStage(
            new LogDirectory(placement.Directory, placement.Instance, time),
            MakeDatabase(options.Database, placement.ContentRoot, engines, tap),
            placement.Instance,
            time)
        {
            Journals =
            [
                options.Handler<JsonAuditHandlerOptions>(Audit).Path,
                options.Handler<DatabaseJobLogHandlerOptions>(Jobs).Path,
            ],
            OpenFile = openFile,
        };
    }
}
