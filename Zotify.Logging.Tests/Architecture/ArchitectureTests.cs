using System.Reflection;
using Hangfire;
using Microsoft.AspNetCore.Builder;
using Quartz;
using Zotify.Logging.Web;

namespace Zotify.Logging.Tests.Architecture;

/// <summary>The layout: which folder may use which. An arrow that is not in the list is a decision, made here.</summary>
[TestClass]
public sealed class ArchitectureTests
{
    /// <summary>Each folder of the Provider, the highest first, with all folders that it uses.</summary>
    private const string Provider =
        """
        (root): Capture Common Configuration Copying Database Database/Sqlite Database/Texts Diagnostics Dispatch Handlers/Audit Handlers/Jobs
                Handlers/SystemLog Instances Journal Monitoring Projection Queries Queries/Audit Queries/Instances Queries/Jobs Queries/Live Queries/Sources Queries/SystemLog Queries/Verification
                Shipping
        Monitoring: Alerts Configuration Database Diagnostics Dispatch Handlers/Audit Instances Journal Queries/Instances Queries/Jobs Queries/Sources
                    Queries/Verification
        Alerts: Common Database/Rows Diagnostics Formats Journal Projection Queries/Audit Queries/Jobs Records Shipping
        Queries/Verification: Common Database Database/Readers Database/Rows Database/Sql Journal Journal/Verification Projection Queries Queries/Audit Records
        Queries/Audit: Database Database/Readers Database/Rows Database/Sql Database/Texts Formats Projection Queries Queries/Following Queries/Live Records Terms
        Queries/Instances: Database Database/Rows Instances Queries/Jobs
        Queries/Jobs: Database Database/Readers Database/Rows Database/Sql Formats Instances Queries Queries/Following Queries/Live Records Terms
        Queries/SystemLog: Formats Handlers/SystemLog Queries Queries/Following Records Terms
        Queries/Sources: Database Database/Readers Database/Rows Database/Sql Journal Queries Records
        Queries/Live: Common Database Database/Readers Database/Sql Queries Queries/Following
        Queries/Following: Common
        Queries: Database/Sql Dispatch
        Handlers/Audit: Common Configuration Diagnostics Dispatch Formats Handlers Journal Projection Records Retention
        Handlers/Jobs: Configuration Database Dispatch Formats Handlers Instances Journal Projection Records Retention
        Handlers/SystemLog: Common Configuration Diagnostics Dispatch Formats Journal Records
        Handlers: Configuration Database Diagnostics Dispatch Formats Journal Projection Records Retention
        Retention: Common Database Database/Readers Database/Rows Database/Sql Database/Texts Journal Journal/Verification Projection Records
        Projection: Common Database Database/Readers Database/Rows Database/Sql Database/Texts Diagnostics Dispatch Formats Instances Journal Records Shipping
        Instances: Common Configuration Database Database/Readers Database/Rows Database/Sql Dispatch Records
        Shipping: Common Diagnostics Dispatch Journal Records
        Copying: Configuration Database Database/Readers Database/Rows Database/Sql Database/Texts Journal Projection
        Capture: Common Configuration Dispatch Records
        Dispatch: Common Configuration Diagnostics Records
        Configuration: Common Database Database/Sqlite Diagnostics Formats Journal
        Database/Texts: Database Database/Readers Database/Rows Database/Sql Terms
        Database/Sqlite: Common Database Database/Rows Database/Sql
        Database/Readers: Database Database/Rows Database/Sql
        Database: Common Database/Sql
        Database/Sql: Database/Rows
        Database/Rows: Journal Records Terms
        Journal/Verification: Common Journal
        Journal: Common Formats Records
        Formats: Records
        Records: Common
        Diagnostics: Common
        """;

    /// <summary>The folders of the endpoints' library.</summary>
    private const string AspNetCore =
        """
        (root): Alerts Common Endpoints Endpoints/Audit Endpoints/Handlers Endpoints/Instances Endpoints/Jobs Endpoints/Levels Endpoints/Page Flush Security
                Sources
        Alerts: Endpoints Endpoints/Audit Endpoints/Jobs
        Endpoints/Audit: Common Endpoints Streams
        Endpoints/Handlers: Common Endpoints
        Endpoints/Instances: Common Endpoints
        Endpoints/Jobs: Common Endpoints Streams
        Endpoints/Levels: Common Endpoints Security
        Endpoints/Page: Common Endpoints Security
        Endpoints: Common Sources Streams
        Sources: Streams
        Security: Common
        """;

    /// <summary>The folders of the program.</summary>
    private const string Web =
        """
        (root): Commands Configuration Demo Descriptions SignIn Startup
        Descriptions: Demo SignIn
        Commands: Configuration Startup
        Configuration: Demo SignIn
        SignIn: Startup
        """;

    /// <summary>The namespaces of public types, as users type them. Extension methods are in the namespaces of the types they
    /// extend.</summary>
    private static readonly string[] PublicNamespaces =
        ["Zotify.Logging", "Zotify.Logging.Handlers", "Zotify.Logging.Queries", "Zotify.Logging.AspNetCore", "Zotify.Logging.SqlServer"];

    /// <summary>The namespaces of the libraries that the integrations extend.</summary>
    private static readonly string[] ExtendedNamespaces = ["Microsoft", "Hangfire", "Quartz"];

    public static IEnumerable<(Assembly Assembly, string Allowed)> Projects() =>
        [
            (typeof(LoggingService).Assembly, Provider),
            (typeof(ZotifyLogContextExtensions).Assembly, AspNetCore),
            (typeof(WebProgram).Assembly, Web)
        ];

    [TestMethod]
    [DynamicData(nameof(Projects))]
    public void A_folder_uses_only_folders_that_the_list_allows(Assembly assembly, string allowed)
    {
        var graph = FolderGraph.Of(assembly);
        var list = FolderList.Parse(allowed);
        var further = graph.Arrows.Where(arrow => !list.Contains(arrow.Key)).Select(arrow => $"{arrow.Key}: {arrow.Value}").ToList();
        Assert.IsEmpty(further, $"Arrows that the list does not have:\n{string.Join('\n', further)}");
        var gone = list.Where(arrow => !graph.Arrows.ContainsKey(arrow)).ToList();
        Assert.IsEmpty(gone, $"Arrows of the list that nothing makes any more:\n{string.Join('\n', gone)}");
    }

    [TestMethod]
    [DynamicData(nameof(Projects))]
    public void No_folders_know_each_other(Assembly assembly, string allowed)
    {
        FolderGraph.Layers(FolderList.Parse(allowed), out var cyclic);
        Assert.IsEmpty(cyclic, $"In {assembly.GetName().Name}: {string.Join(", ", cyclic)}");
    }

    /// <summary>A constant of another folder leaves no reference in the assembly, but the directive for its namespace is in the
    /// source.</summary>
    [TestMethod]
    [DynamicData(nameof(Projects))]
    public void No_directive_names_a_folder_that_knows_its_own(Assembly assembly, string allowed)
    {
        var list = FolderList.Parse(allowed);
        var upwards = SourceDirective.Of(assembly.GetName().Name!).Where(
            directive => directive.Folders.All(folder => FolderGraph.Reaches(list, folder, directive.From)));
        Assert.AreEqual("", string.Join('\n', upwards.Select(directive => $"{directive.File} uses {directive.Namespace}")));
    }

    [TestMethod]
    public void Public_types_live_in_the_namespaces_that_users_type()
    {
        Assembly[] libraries =
        [
            typeof(LoggingService).Assembly,
            typeof(ZotifyLogContextExtensions).Assembly,
            typeof(Zotify.Logging.SqlServer.ZotifyLogsContext).Assembly,
            typeof(ZotifyHangfireGlobalConfigurationExtensions).Assembly,
            typeof(OtlpOptions).Assembly,
            typeof(ZotifyQuartzBuilderExtensions).Assembly,
            typeof(S3Options).Assembly
        ];
        var elsewhere = libraries.SelectMany(library => library.GetExportedTypes())
            .Where(
                type => !PublicNamespaces.Contains(type.Namespace) && !ExtendedNamespaces.Contains(type.Namespace!.Split('.')[0]))
            .Select(type => type.FullName).ToList();
        Assert.IsEmpty(elsewhere, string.Join('\n', elsewhere));
    }
}
