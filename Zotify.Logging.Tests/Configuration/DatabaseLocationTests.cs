using Microsoft.Extensions.Logging;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Configuration;

/// <summary>The location of a new database, and how one that an earlier version created elsewhere is found.</summary>
[TestClass]
public sealed class DatabaseLocationTests
{
    private const string Directory = "Logging:Zotify:Directory";
    private const string Database = "Logging:Zotify:Database:ConnectionString";

    private readonly TemporaryFolder _folder = new();

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestCleanup]
    public void Cleanup() => _folder.Dispose();

    [TestMethod]
    public async Task The_directory_moves_everything()
    {
        Assert.AreEqual("", await RunAsync((Directory, "elsewhere")));
        Assert.AreEqual(1, Entries("elsewhere/zotify.db"));
        CollectionAssert.AreEqual(new[] { _folder.PathOf("elsewhere") }, System.IO.Directory.GetFileSystemEntries(_folder.Path));
    }

    [TestMethod]
    public async Task A_relative_file_is_relative_to_the_directory()
    {
        Assert.AreEqual("", await RunAsync((Directory, "elsewhere"), (Database, "Data Source=data/shop.db")));
        Assert.AreEqual(1, Entries("elsewhere/data/shop.db"));
    }

    [TestMethod]
    public async Task The_former_default_beside_a_moved_directory_goes_on_and_is_reported()
    {
        // As an earlier version created them by default.
        await RunAsync((Directory, "elsewhere"), (Database, $"Data Source={_folder.PathOf("logs/zotify.db")}"));
        var stderr = await RunAsync((Directory, "elsewhere"));
        AssertNames(stderr, "logs/zotify.db", "elsewhere/zotify.db");
        Assert.AreEqual(2, Entries("logs/zotify.db"));
        Assert.IsFalse(File.Exists(_folder.PathOf("elsewhere/zotify.db")), "no second database");
    }

    [TestMethod]
    [DataRow("logs/zotify.db", null)]
    [DataRow("shop.db", null)]
    [DataRow("zotify.db", "elsewhere")]
    public async Task A_file_that_was_relative_to_the_content_root_goes_on_and_is_reported(string file, string? directory)
    {
        await RunAsync((Directory, directory ?? "logs"), (Database, $"Data Source={_folder.PathOf(file)}"));
        var stderr = await RunAsync((Directory, directory ?? "logs"), (Database, $"Data Source={file}"));
        AssertNames(stderr, file, $"{directory ?? "logs"}/{file}");
        Assert.AreEqual(2, Entries(file));
        Assert.IsFalse(File.Exists(_folder.PathOf($"{directory ?? "logs"}/{file}")), "no second database");
    }

    [TestMethod]
    public async Task A_new_directory_begins_a_database_of_its_own_and_the_other_one_is_reported()
    {
        await RunAsync();
        var stderr = await RunAsync((Directory, "elsewhere"));
        AssertNames(stderr, "logs/zotify.db", "elsewhere/zotify.db");
        Assert.AreEqual(1, Entries("logs/zotify.db"));
        Assert.AreEqual(1, Entries("elsewhere/zotify.db"));
    }

    [TestMethod]
    public async Task A_database_that_was_moved_is_used_and_one_that_is_back_at_the_former_place_is_reported()
    {
        await RunAsync((Directory, "elsewhere"), (Database, $"Data Source={_folder.PathOf("logs/zotify.db")}"));
        File.Copy(_folder.PathOf("logs/zotify.db"), _folder.PathOf("elsewhere/zotify.db"));
        var stderr = await RunAsync((Directory, "elsewhere"));
        AssertNames(stderr, "logs/zotify.db", "elsewhere/zotify.db");
        Assert.AreEqual((1, 2), (Entries("logs/zotify.db"), Entries("elsewhere/zotify.db")));
    }

    [TestMethod]
    public async Task An_empty_file_at_the_former_place_is_no_database()
    {
        await File.WriteAllTextAsync(_folder.PathOf("zotify.db"), "", Cancellation);
        Assert.AreEqual("", await RunAsync());
        Assert.AreEqual(1, Entries("logs/zotify.db"));
    }

    /// <summary>A run of an application that logs one entry of a job. Returns the library's stderr.</summary>
    private async Task<string> RunAsync(params (string Key, string? Value)[] settings)
    {
        await using var host = await TestHost.In(new DirectoryInfo(_folder.Path), settings).StartAsync(Cancellation);
        host.Logger().LogInformation("Row {Done} of {JobId}", 1, "import");
        await host.FlushAsync(FlushTo.Database, Cancellation);
        return host.Stderr.ToString();
    }

    private long Entries(string file) => DatabaseFile.Scalar(_folder.PathOf(file), "SELECT COUNT(*) FROM job_logs");

    private void AssertNames(string stderr, params string[] files)
    {
        foreach (var file in files) StringAssert.Contains(stderr, $"'{_folder.PathOf(file)}'", StringComparison.Ordinal);
        StringAssert.StartsWith(stderr, "zotify-logging: database: permanent: ", StringComparison.Ordinal);
    }
}
