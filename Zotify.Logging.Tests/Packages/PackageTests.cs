using System.Buffers.Binary;
using System.IO.Compression;
using System.Xml.Linq;
using Zotify.Logging.Tests.Deployment;

namespace Zotify.Logging.Tests.Packages;

/// <summary>The content and the metadata of the packages.</summary>
[TestClass]
public sealed class PackageTests
{
    public const string Provider = "Zotify.Logging.Provider";
    public const string SqlServer = "Zotify.Logging.SqlServer";
    public const string AspNetCore = "Zotify.Logging.AspNetCore";
    public const string Hangfire = "Zotify.Logging.Hangfire";
    public const string Otlp = "Zotify.Logging.Otlp";
    public const string Quartz = "Zotify.Logging.Quartz";
    public const string S3 = "Zotify.Logging.S3";

    // The first test packs.
    private const int TestTimeout = 300_000;

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    [Timeout(TestTimeout, CooperativeCancellation = true)]
    public async Task There_is_one_for_each_library_with_its_symbols()
    {
        var files = Directory.GetFiles(await PackedFeed.FolderAsync())
            .Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal);
        string[] packages = [AspNetCore, Hangfire, Otlp, Provider, Quartz, S3, SqlServer];
        var expected = packages.SelectMany(id => (string[])[$"{id}.{PackedFeed.Version}.nupkg", $"{id}.{PackedFeed.Version}.snupkg"]);
        Assert.AreEqual(string.Join('\n', expected), string.Join('\n', files));
    }

    [TestMethod]
    [Timeout(TestTimeout, CooperativeCancellation = true)]
    [DataRow(Provider)]
    [DataRow(SqlServer)]
    [DataRow(AspNetCore)]
    [DataRow(Hangfire)]
    [DataRow(Otlp)]
    [DataRow(Quartz)]
    [DataRow(S3)]
    public async Task It_has_the_library_its_documentation_and_nothing_that_strayed_in(string id)
    {
        using var package = await PackedFeed.OpenAsync(id);
        string[] schema = id == Provider ? ["ConfigurationSchema.json", $"buildTransitive/{id}.targets"] : [];
        string[] expected = [$"lib/net10.0/{id}.dll", $"lib/net10.0/{id}.xml", "README.md", "icon.png", $"{id}.nuspec", .. schema];
        CollectionAssert.AreEquivalent(
            expected, package.Entries.Select(entry => entry.FullName).Where(name => !OfTheFormat(name)).ToArray());

        using var symbols = await PackedFeed.OpenAsync(id, "snupkg");
        Assert.ContainsSingle(entry => entry.FullName == $"lib/net10.0/{id}.pdb", symbols.Entries);
    }

    [TestMethod]
    [Timeout(TestTimeout, CooperativeCancellation = true)]
    [DataRow(Provider)]
    [DataRow(SqlServer)]
    [DataRow(AspNetCore)]
    [DataRow(Hangfire)]
    [DataRow(Otlp)]
    [DataRow(Quartz)]
    [DataRow(S3)]
    public async Task It_has_authors_description_and_release_notes(string id)
    {
        using var package = await PackedFeed.OpenAsync(id);
        var metadata = await PackedFeed.MetadataAsync(package, Cancellation);
        string Text(string name) => metadata.Elements().Single(element => element.Name.LocalName == name).Value;
        Assert.AreEqual("Zotify Logging contributors", Text("authors"));
        Assert.AreEqual("MIT", Text("license"));
        Assert.AreEqual("README.md", Text("readme"));
        Assert.AreEqual("icon.png", Text("icon"));
        Assert.IsGreaterThan(50, Text("description").Length);
        StringAssert.Contains(Text("tags"), "logging", StringComparison.Ordinal);
        var repository = metadata.Elements().Single(element => element.Name.LocalName == "repository");
        Assert.AreEqual("git", repository.Attribute("type")?.Value);
        Assert.AreEqual(40, repository.Attribute("commit")?.Value.Length);
        var notes = Text("releaseNotes").ReplaceLineEndings("\n");
        StringAssert.StartsWith(notes, "### Added", StringComparison.Ordinal);
        StringAssert.Contains(Repository.Read("CHANGELOG.md"), notes, StringComparison.Ordinal);
        StringAssert.StartsWith(await TextOfAsync(package, "README.md"), $"# {id}\n", StringComparison.Ordinal);
    }

    [TestMethod]
    [Timeout(TestTimeout, CooperativeCancellation = true)]
    [DataRow(
        Provider,
        "Microsoft.Data.Sqlite 10.0.0|Microsoft.Extensions.Diagnostics 10.0.0|Microsoft.Extensions.Diagnostics.HealthChecks 10.0.0|"
        + "Microsoft.Extensions.Hosting.Abstractions 10.0.0|Microsoft.Extensions.Logging 10.0.0|"
        + "Microsoft.Extensions.Logging.Configuration 10.0.0")]
    [DataRow(AspNetCore, $"Microsoft.AspNetCore.OpenApi 10.0.0|{Provider} [{PackedFeed.Version}]")]
    [DataRow(Hangfire, $"Hangfire.Core 1.8.25|Newtonsoft.Json 13.0.1|{Provider} [{PackedFeed.Version}]")]
    [DataRow(Otlp, $"{Provider} [{PackedFeed.Version}]")]
    [DataRow(Quartz, $"Quartz 4.0.0|{Provider} [{PackedFeed.Version}]")]
    [DataRow(S3, $"AWSSDK.S3 4.1.0|{Provider} [{PackedFeed.Version}]|ZstdSharp.Port 0.8.8")]
    public async Task It_depends_on_the_lowest_versions_that_work(string id, string expected)
    {
        using var package = await PackedFeed.OpenAsync(id);
        var dependencies = Dependencies(await PackedFeed.MetadataAsync(package, Cancellation));
        Assert.AreEqual(
            expected, string.Join('|', dependencies.Select(known => $"{known.Key} {known.Value}").Order(StringComparer.Ordinal)));
    }

    [TestMethod]
    [Timeout(TestTimeout, CooperativeCancellation = true)]
    public async Task SQL_Server_brings_EF_Core_and_the_driver_and_no_identity_library()
    {
        using var package = await PackedFeed.OpenAsync(SqlServer);
        var dependencies = Dependencies(await PackedFeed.MetadataAsync(package, Cancellation));
        Assert.AreEqual("10.0.0", dependencies["Microsoft.EntityFrameworkCore.SqlServer"]);
        Assert.AreEqual($"[{PackedFeed.Version}]", dependencies[Provider]);
        StringAssert.StartsWith(dependencies["Microsoft.Data.SqlClient"], "7.", StringComparison.Ordinal);
        Assert.IsFalse(dependencies.ContainsKey("Microsoft.EntityFrameworkCore.Design"));
    }

    [TestMethod]
    [Timeout(TestTimeout, CooperativeCancellation = true)]
    public async Task The_icon_is_a_picture_of_128_by_128()
    {
        using var package = await PackedFeed.OpenAsync(Provider);
        await using var stream = await package.GetEntry("icon.png")!.OpenAsync(Cancellation);
        var header = new byte[24];
        await stream.ReadExactlyAsync(header, Cancellation);
        Assert.AreEqual(128, BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(16)));
        Assert.AreEqual(128, BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(20)));
    }

    private static Dictionary<string, string> Dependencies(XElement metadata) => metadata.Descendants()
        .Where(element => element.Name.LocalName == "dependency")
        .ToDictionary(element => element.Attribute("id")!.Value, element => element.Attribute("version")!.Value);

    /// <summary>The files that every package has.</summary>
    private static bool OfTheFormat(string name) =>
        name.StartsWith("_rels/", StringComparison.Ordinal)
            || name.StartsWith("package/", StringComparison.Ordinal)
            || name == "[Content_Types].xml";

    private async Task<string> TextOfAsync(ZipArchive package, string name)
    {
        using var reader = new StreamReader(await package.GetEntry(name)!.OpenAsync(Cancellation));
        return await reader.ReadToEndAsync(Cancellation);
    }
}
