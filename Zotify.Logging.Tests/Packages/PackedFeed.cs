using System.IO.Compression;
using System.Xml.Linq;
using Zotify.Logging.Tests.Deployment;
using Zotify.Logging.Tests.Support;
using Zotify.Logging.Web;

namespace Zotify.Logging.Tests.Packages;

/// <summary>
/// The packages as <c>dotnet pack</c> at the root creates them, in a folder that is a feed. Created once, by the first test that needs
/// them, and deleted with the process. Thread-safe.
/// </summary>
internal static class PackedFeed
{
    /// <summary>The version, which no other feed has.</summary>
    public const string Version = "0.1.0-packed";

    private static readonly TemporaryFolder Root = new();
    private static readonly Lazy<Task<string>> Packed = new(PackAsync);

    /// <summary>The folder.</summary>
    public static Task<string> FolderAsync() => Packed.Value;

    /// <summary>A package.</summary>
    public static async Task<ZipArchive> OpenAsync(string id, string extension = "nupkg") =>
        await ZipFile.OpenReadAsync(Path.Combine(await FolderAsync(), $"{id}.{Version}.{extension}"));

    /// <summary>The metadata of a package.</summary>
    public static async Task<XElement> MetadataAsync(ZipArchive package, CancellationToken cancellationToken)
    {
        var entry = package.Entries.Single(entry => entry.FullName.EndsWith(".nuspec", StringComparison.Ordinal));
        await using var nuspec = await entry.OpenAsync(cancellationToken);
        var document = await XDocument.LoadAsync(nuspec, LoadOptions.None, cancellationToken);
        return document.Root!.Elements().Single(element => element.Name.LocalName == "metadata");
    }

    private static async Task<string> PackAsync()
    {
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Root.Dispose();
        var feed = Root.PathOf("feed");
        // The configuration that the tests are built with: the packages are of the same build.
        var configuration = typeof(WebProgram).Assembly.Location.Split(Path.DirectorySeparatorChar).Contains("Release")
            ? "Release"
            : "Debug";
        await Tool.RunAsync(
            Repository.Root, CancellationToken.None, "pack", "--no-build", "--configuration", configuration, "--output", feed,
            $"-p:Version={Version}");
        return feed;
    }
}
