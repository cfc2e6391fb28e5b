using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Zotify.Logging.Common;
using Zotify.Logging.Configuration;
using Zotify.Logging.Copying;
using Zotify.Logging.Database;
using Zotify.Logging.Diagnostics;
using Zotify.Logging.Dispatch;
using Zotify.Logging.Handlers;
using Zotify.Logging.Journal;
using Zotify.Logging.Projection;
using Zotify.Logging.Shipping;

namespace Zotify.Logging;

/// <summary>Registers the handlers System, Audit and Jobs. All containers of a process that use one directory share them.</summary>
internal static class BuiltInHandlers
{
    /// <summary>The name of the system log's handler.</summary>
    public const string System = "System";

    /// <summary>The name of the audit log's handler.</summary>
    public const string Audit = "Audit";

    /// <summary>The name of the job logs' handler.</summary>
    public const string Jobs = "Jobs";

    /// <summary>Adds the handlers and the services that they write with.</summary>
    public static void Add(IServiceCollection services)
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IDatabaseEngineFactory, SqliteEngineFactory>());
        services.AddSingleton(FindDatabase);
        services.AddSingleton(s => MakeDatabase(s));
        services.AddSingleton(s => new LoggingSchema(s.GetRequiredService<LoggingDatabase>()));
        services.AddSingleton(s => new SharedSetup(
            s.GetRequiredService<Placement>().Directory,
            s.GetRequiredService<Placement>().Instance,
            s.GetRequiredService<OptionsSource>().Started,
            PrepareTargets(s),
            PrepareStage(s),
            LoggingClock.Of(s),
            s.GetRequiredService<SelfDiagnostics>()));
        // For the command that catches up. It opens the directory itself; no other service of its container does.
        services.AddSingleton(s => PrepareStage(s)());
        services.AddSingleton(s => new DirectoryCatchUp(s.GetRequiredService<JournalStage>()));
        services.AddSingleton(s => new DatabaseCopy(s.GetRequiredService<JournalStage>(), s.GetServices<IDatabaseEngineFactory>()));
        services.AddSingleton(s => new TextIndexing(s.GetRequiredService<LoggingDatabase>()));
        Add(
            services,
            System,
            stage => new FileStreamHandler(stage.Directory, stage.Time) { Instance = stage.Instance, JobKey = stage.JobKey },
            keepsJournal: false);
        Add(services, Audit, stage => new JsonAuditHandler(stage), keepsJournal: true);
        Add(services, Jobs, stage => new DatabaseJobLogHandler(stage), keepsJournal: true);
    }

    /// <summary>Adds a handler and its options.</summary>
    public static void Register(IServiceCollection services, HandlerRegistration registration)
    {
        services.AddSingleton(registration);
        services.AddSingleton(new RegisteredOptions(registration.Name, registration.CreateOptions));
    }

    private static void Add<THandler>(IServiceCollection services, string name, Func<JournalStage, THandler> create, bool keepsJournal)
        where THandler : BaseLogHandler => Register(
        services,
        new HandlerRegistration(name, typeof(THandler)) { Share = stage => create((JournalStage)stage), KeepsJournal = keepsJournal });

    private static LoggingDatabase MakeDatabase(IServiceProvider services) => MakeDatabase(
        services.GetRequiredService<DatabaseLocation>().Options,
        services.GetRequiredService<Placement>().Directory,
        services.GetServices<IDatabaseEngineFactory>(),
        services.GetService<ConnectionTap>());

    private static LoggingDatabase MakeDatabase(
        DatabaseOptions options, string directory, IEnumerable<IDatabaseEngineFactory> engines, ConnectionTap? tap) =>
        new(options, directory, engines, tap, CommitSignals.Of(options, directory));

    /// <summary>Finds the database once: files that appear later must not change the choice.</summary>
    private static DatabaseLocation FindDatabase(IServiceProvider services)
    {
        var placement = services.GetRequiredService<Placement>();
        var location = DatabaseLocation.Find(
            services.GetRequiredService<OptionsSource>().Started, placement.Directory, placement.ContentRoot);
        if (location.Notice is { } notice)
            services.GetRequiredService<SelfDiagnostics>().Report("database", FailureKind.Permanent, notice);
        return location;
    }

    /// <summary>Returns the function that names the targets and archives. What it needs is resolved now, as for the stage.</summary>
    private static Func<IReadOnlyList<string>> PrepareTargets(IServiceProvider services)
    {
        var targets = services.GetServices<IJournalTargetFactory>().ToArray();
        var archives = services.GetServices<ISegmentArchiveFactory>().ToArray();
        return () =>
        [
            .. targets.Where(target => target.IsActive)
                .Select(target => target.Destination is { } destination ? $"{target.Name} ({destination})" : target.Name),
            .. archives.Select(archive => $"{archive.Name} ({archive.Destination})"),
        ];
    }

    /// <summary>
    /// Returns the function that creates the stage. Everything that the stage needs is resolved now, because a short program may dispose
    /// its container before it logs its last line. The stage has its own database, because it may outlive the container.
    /// </summary>
    private static Func<JournalStage> PrepareStage(IServiceProvider services)
    {
        var (placement, time) = (services.GetRequiredService<Placement>(), LoggingClock.Of(services));
        var (source, database) = (services.GetRequiredService<OptionsSource>(), services.GetRequiredService<DatabaseLocation>());
        var options = source.Started;
        var engines = services.GetServices<IDatabaseEngineFactory>().ToArray();
        var targets = services.GetServices<IJournalTargetFactory>().ToArray();
        var archives = services.GetServices<ISegmentArchiveFactory>().ToArray();
        // Tests register a failing disk and a failing database here.
        var (openFile, tap) = (services.GetService<Func<string, IJournalFile>>(), services.GetService<ConnectionTap>());
        return () => new JournalStage(
            new LogDirectory(placement.Directory, placement.Instance, time, options.LockTimeout),
            MakeDatabase(database.Options, placement.Directory, engines, tap),
            placement.Instance,
            time)
        {
            Journals = [options.Audit.Path, options.Jobs.Path],
            Targets = targets,
            Archives = archives,
            OpenFile = openFile,
            JobKey = () => source.Current.JobKey,
        };
    }
}
