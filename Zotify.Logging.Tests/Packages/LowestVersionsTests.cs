using System.Text.Json;
using Zotify.Logging.Tests.Configuration;
using Zotify.Logging.Tests.Database;
using Zotify.Logging.Tests.Database.Projection;
using Zotify.Logging.Tests.Database.SqlServer;
using Zotify.Logging.Tests.Deployment;
using Zotify.Logging.Tests.EndToEnd;
using Zotify.Logging.Tests.Support;
using Zotify.Logging.Tests.Web;

namespace Zotify.Logging.Tests.Packages;

/// <summary>
/// The libraries require only version 10.0.0 of Microsoft's packages, and an application that references them may use that version. The
/// tests have the newest patch, so this test builds them again with 10.0.0.
/// </summary>
[TestClass]
public sealed class LowestVersionsTests
{
    private const int TestTimeout = 600_000;

    /// <summary>Tests of what depends on these packages: SQLite, the model of SQL Server, configuration, the endpoints and the whole way.</summary>
    private static readonly string[] Tested =
    [
        nameof(SqliteJobProjectionTests), nameof(SqliteAuditProjectionTests), nameof(SqlServerCommandTests), nameof(SqlServerWriteCommandTests),
        nameof(SqlTablesTests),
        nameof(WholeWayTests), nameof(AccessTests), nameof(ChangeTests),
    ];

    private readonly TemporaryFolder _folder = new();

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestCleanup]
    public void CleanUp() => _folder.Dispose();

    [TestMethod]
    [Timeout(TestTimeout, CooperativeCancellation = true)]
    public async Task The_tests_build_and_pass_with_the_lowest_versions_that_the_libraries_ask_for()
    {
        // Run in the repository's own folder, to use the packages that it has restored.
        await Tool.RunAsync(
            Repository.Root, Cancellation, "build", "Zotify.Logging.Tests", "--artifacts-path", _folder.Path, "-m:1",
            "-p:LowestVersions=true", "-p:RunAnalyzers=false", "-p:GenerateDocumentationFile=false");
        var program = _folder.PathOf("bin/Zotify.Logging.Tests/debug/Zotify.Logging.Tests.dll");
        AssertLowest(await File.ReadAllTextAsync(Path.ChangeExtension(program, ".deps.json"), Cancellation));
        var filter = string.Join('|', Tested.Select(name => $"FullyQualifiedName~.{name}."));
        var output = await Tool.RunAsync(Repository.Root, Cancellation, "exec", program, "--filter", filter);
        TestContext.WriteLine(output);
    }

    /// <summary>Neither package is part of a framework, whose version depends on the machine.</summary>
    private static void AssertLowest(string dependencies)
    {
        using var document = JsonDocument.Parse(dependencies);
        var libraries = document.RootElement.GetProperty("libraries").EnumerateObject().Select(library => library.Name.Split('/')).ToArray();
        string[] ids = ["Microsoft.Data.Sqlite.Core", "Microsoft.EntityFrameworkCore.SqlServer", "Microsoft.AspNetCore.OpenApi"];
        foreach (var id in ids) Assert.AreEqual("10.0.0", libraries.Single(library => library[0] == id)[1], id);
    }
}
